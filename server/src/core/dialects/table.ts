import { fiveire } from './5ire.ts';
import { amazonQ } from './amazon-q.ts';
import { amp } from './amp.ts';
import { antigravity } from './antigravity.ts';
import { augment } from './augment.ts';
import { boltai } from './boltai.ts';
import { claudeCode } from './claude-code.ts';
import { claudeDesktop } from './claude-desktop.ts';
import { claudeExtensionSettings } from './claude-extension-settings.ts';
import { claudeSettings } from './claude-settings.ts';
import { cline } from './cline.ts';
import { codeWorkspace } from './code-workspace.ts';
import { codex } from './codex.ts';
import { continueYaml } from './continue.ts';
import { continueJson } from './continue-json.ts';
import { copilotJetbrains } from './copilot-jetbrains.ts';
import { crush } from './crush.ts';
import { cursor } from './cursor.ts';
import { devcontainer } from './devcontainer.ts';
import type { Dialect, DialectId } from './dialect.ts';
import { dockerMcp } from './docker-mcp.ts';
import { dotenv } from './dotenv.ts';
import { factoryDroid } from './factory-droid.ts';
import { fastAgent } from './fast-agent.ts';
import { gemini } from './gemini.ts';
import { geminiExtension } from './gemini-extension.ts';
import { generic, genericToml, genericYaml } from './generic.ts';
import { goose } from './goose.ts';
import { gooseSecrets } from './goose-secrets.ts';
import { hermes } from './hermes.ts';
import { junie } from './junie.ts';
import { kilo } from './kilo.ts';
import { kimi } from './kimi.ts';
import { kiro } from './kiro.ts';
import { librechat } from './librechat.ts';
import { lmStudio } from './lm-studio.ts';
import { mcpAgent } from './mcp-agent.ts';
import { mcpb } from './mcpb.ts';
import { mcporter } from './mcporter.ts';
import { mistralVibe } from './mistral-vibe.ts';
import { openclaw } from './openclaw.ts';
import { opencode } from './opencode.ts';
import { plugin } from './plugin.ts';
import { portable } from './portable.ts';
import { qoder } from './qoder.ts';
import { qwen } from './qwen.ts';
import { roo } from './roo.ts';
import { rovoDev } from './rovo-dev.ts';
import { tabnine } from './tabnine.ts';
import { trae } from './trae.ts';
import { vscode } from './vscode.ts';
import { vscodeSettings } from './vscode-settings.ts';
import { windsurf } from './windsurf.ts';
import { zed } from './zed.ts';

/** Every dialect. Adding one is its file and its line here. */
export const DIALECTS: readonly Dialect[] = [
	vscode,
	portable,
	cursor,
	claudeDesktop,
	codeWorkspace,
	vscodeSettings,
	claudeCode,
	claudeSettings,
	claudeExtensionSettings,
	mcpb,
	plugin,
	windsurf,
	cline,
	roo,
	kilo,
	continueYaml,
	continueJson,
	zed,
	gemini,
	geminiExtension,
	qwen,
	tabnine,
	codex,
	copilotJetbrains,
	junie,
	amazonQ,
	kiro,
	lmStudio,
	goose,
	gooseSecrets,
	opencode,
	dockerMcp,
	librechat,
	crush,
	antigravity,
	trae,
	augment,
	boltai,
	fiveire,
	devcontainer,
	amp,
	factoryDroid,
	kimi,
	mistralVibe,
	hermes,
	openclaw,
	qoder,
	rovoDev,
	mcporter,
	fastAgent,
	mcpAgent,
	dotenv,
	generic,
	genericYaml,
	genericToml,
];

export function dialectById(id: DialectId): Dialect {
	return DIALECTS.find((dialect) => dialect.id === id)!;
}
