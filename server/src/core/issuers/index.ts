import { lazy } from '../lazy.ts';
import adafruit from './data/adafruit.json' with { type: 'json' };
import airtable from './data/airtable.json' with { type: 'json' };
import algolia from './data/algolia.json' with { type: 'json' };
import alibaba from './data/alibaba.json' with { type: 'json' };
import amplitude from './data/amplitude.json' with { type: 'json' };
import amqp from './data/amqp.json' with { type: 'json' };
import anthropic from './data/anthropic.json' with { type: 'json' };
import apify from './data/apify.json' with { type: 'json' };
import artifactory from './data/artifactory.json' with { type: 'json' };
import asana from './data/asana.json' with { type: 'json' };
import assemblyai from './data/assemblyai.json' with { type: 'json' };
import atlassian from './data/atlassian.json' with { type: 'json' };
import auth0 from './data/auth0.json' with { type: 'json' };
import aws from './data/aws.json' with { type: 'json' };
import azure from './data/azure.json' with { type: 'json' };
import basic from './data/basic.json' with { type: 'json' };
import branch from './data/branch.json' with { type: 'json' };
import brave from './data/brave.json' with { type: 'json' };
import brevo from './data/brevo.json' with { type: 'json' };
import brightdata from './data/brightdata.json' with { type: 'json' };
import browserbase from './data/browserbase.json' with { type: 'json' };
import browserless from './data/browserless.json' with { type: 'json' };
import buildkite from './data/buildkite.json' with { type: 'json' };
import cerebras from './data/cerebras.json' with { type: 'json' };
import circleci from './data/circleci.json' with { type: 'json' };
import clerk from './data/clerk.json' with { type: 'json' };
import clickup from './data/clickup.json' with { type: 'json' };
import clojars from './data/clojars.json' with { type: 'json' };
import cloudflare from './data/cloudflare.json' with { type: 'json' };
import cohere from './data/cohere.json' with { type: 'json' };
import contentful from './data/contentful.json' with { type: 'json' };
import context7 from './data/context7.json' with { type: 'json' };
import crates from './data/crates.json' with { type: 'json' };
import cursor from './data/cursor.json' with { type: 'json' };
import cypress from './data/cypress.json' with { type: 'json' };
import databricks from './data/databricks.json' with { type: 'json' };
import datadog from './data/datadog.json' with { type: 'json' };
import deepgram from './data/deepgram.json' with { type: 'json' };
import deepl from './data/deepl.json' with { type: 'json' };
import deepseek from './data/deepseek.json' with { type: 'json' };
import deno from './data/deno.json' with { type: 'json' };
import dependencytrack from './data/dependencytrack.json' with { type: 'json' };
import devin from './data/devin.json' with { type: 'json' };
import digitalocean from './data/digitalocean.json' with { type: 'json' };
import discord from './data/discord.json' with { type: 'json' };
import dockerhub from './data/dockerhub.json' with { type: 'json' };
import doppler from './data/doppler.json' with { type: 'json' };
import dropbox from './data/dropbox.json' with { type: 'json' };
import duffel from './data/duffel.json' with { type: 'json' };
import e2b from './data/e2b.json' with { type: 'json' };
import easypost from './data/easypost.json' with { type: 'json' };
import elevenlabs from './data/elevenlabs.json' with { type: 'json' };
import exa from './data/exa.json' with { type: 'json' };
import facebook from './data/facebook.json' with { type: 'json' };
import figma from './data/figma.json' with { type: 'json' };
import firecrawl from './data/firecrawl.json' with { type: 'json' };
import fireworks from './data/fireworks.json' with { type: 'json' };
import flyio from './data/flyio.json' with { type: 'json' };
import gitea from './data/gitea.json' with { type: 'json' };
import github from './data/github.json' with { type: 'json' };
import gitlab from './data/gitlab.json' with { type: 'json' };
import google from './data/google.json' with { type: 'json' };
import grafana from './data/grafana.json' with { type: 'json' };
import groq from './data/groq.json' with { type: 'json' };
import harness from './data/harness.json' with { type: 'json' };
import heroku from './data/heroku.json' with { type: 'json' };
import homeassistant from './data/homeassistant.json' with { type: 'json' };
import hubspot from './data/hubspot.json' with { type: 'json' };
import huggingface from './data/huggingface.json' with { type: 'json' };
import hyperbrowser from './data/hyperbrowser.json' with { type: 'json' };
import infracost from './data/infracost.json' with { type: 'json' };
import instagram from './data/instagram.json' with { type: 'json' };
import intercom from './data/intercom.json' with { type: 'json' };
import jina from './data/jina.json' with { type: 'json' };
import jwt from './data/jwt.json' with { type: 'json' };
import langfuse from './data/langfuse.json' with { type: 'json' };
import langsmith from './data/langsmith.json' with { type: 'json' };
import launchdarkly from './data/launchdarkly.json' with { type: 'json' };
import lemonsqueezy from './data/lemonsqueezy.json' with { type: 'json' };
import linear from './data/linear.json' with { type: 'json' };
import mailchimp from './data/mailchimp.json' with { type: 'json' };
import mailersend from './data/mailersend.json' with { type: 'json' };
import mailgun from './data/mailgun.json' with { type: 'json' };
import mapbox from './data/mapbox.json' with { type: 'json' };
import microsoftTeams from './data/microsoft-teams.json' with { type: 'json' };
import mistral from './data/mistral.json' with { type: 'json' };
import mixpanel from './data/mixpanel.json' with { type: 'json' };
import monday from './data/monday.json' with { type: 'json' };
import mongodb from './data/mongodb.json' with { type: 'json' };
import mysql from './data/mysql.json' with { type: 'json' };
import n8n from './data/n8n.json' with { type: 'json' };
import neon from './data/neon.json' with { type: 'json' };
import netlify from './data/netlify.json' with { type: 'json' };
import newrelic from './data/newrelic.json' with { type: 'json' };
import newsapi from './data/newsapi.json' with { type: 'json' };
import notion from './data/notion.json' with { type: 'json' };
import npm from './data/npm.json' with { type: 'json' };
import nuget from './data/nuget.json' with { type: 'json' };
import nvidia from './data/nvidia.json' with { type: 'json' };
import nylas from './data/nylas.json' with { type: 'json' };
import okta from './data/okta.json' with { type: 'json' };
import onepassword from './data/onepassword.json' with { type: 'json' };
import openai from './data/openai.json' with { type: 'json' };
import openrouter from './data/openrouter.json' with { type: 'json' };
import openshift from './data/openshift.json' with { type: 'json' };
import openweather from './data/openweather.json' with { type: 'json' };
import pagerduty from './data/pagerduty.json' with { type: 'json' };
import perplexity from './data/perplexity.json' with { type: 'json' };
import pinecone from './data/pinecone.json' with { type: 'json' };
import plaid from './data/plaid.json' with { type: 'json' };
import planetscale from './data/planetscale.json' with { type: 'json' };
import postgres from './data/postgres.json' with { type: 'json' };
import posthog from './data/posthog.json' with { type: 'json' };
import postman from './data/postman.json' with { type: 'json' };
import privateKey from './data/private-key.json' with { type: 'json' };
import pulumi from './data/pulumi.json' with { type: 'json' };
import pypi from './data/pypi.json' with { type: 'json' };
import railway from './data/railway.json' with { type: 'json' };
import rapidapi from './data/rapidapi.json' with { type: 'json' };
import readme from './data/readme.json' with { type: 'json' };
import redis from './data/redis.json' with { type: 'json' };
import render from './data/render.json' with { type: 'json' };
import replicate from './data/replicate.json' with { type: 'json' };
import resend from './data/resend.json' with { type: 'json' };
import retell from './data/retell.json' with { type: 'json' };
import rubygems from './data/rubygems.json' with { type: 'json' };
import runway from './data/runway.json' with { type: 'json' };
import salesforce from './data/salesforce.json' with { type: 'json' };
import scalingo from './data/scalingo.json' with { type: 'json' };
import segment from './data/segment.json' with { type: 'json' };
import sendgrid from './data/sendgrid.json' with { type: 'json' };
import sentry from './data/sentry.json' with { type: 'json' };
import serpapi from './data/serpapi.json' with { type: 'json' };
import serper from './data/serper.json' with { type: 'json' };
import shippo from './data/shippo.json' with { type: 'json' };
import shopify from './data/shopify.json' with { type: 'json' };
import slack from './data/slack.json' with { type: 'json' };
import smithery from './data/smithery.json' with { type: 'json' };
import snowflake from './data/snowflake.json' with { type: 'json' };
import snyk from './data/snyk.json' with { type: 'json' };
import sonarqube from './data/sonarqube.json' with { type: 'json' };
import sourcegraph from './data/sourcegraph.json' with { type: 'json' };
import square from './data/square.json' with { type: 'json' };
import stability from './data/stability.json' with { type: 'json' };
import stripe from './data/stripe.json' with { type: 'json' };
import supabase from './data/supabase.json' with { type: 'json' };
import tailscale from './data/tailscale.json' with { type: 'json' };
import tavily from './data/tavily.json' with { type: 'json' };
import telegram from './data/telegram.json' with { type: 'json' };
import terraform from './data/terraform.json' with { type: 'json' };
import together from './data/together.json' with { type: 'json' };
import trello from './data/trello.json' with { type: 'json' };
import twilio from './data/twilio.json' with { type: 'json' };
import typeform from './data/typeform.json' with { type: 'json' };
import unidentified from './data/unidentified.json' with { type: 'json' };
import url from './data/url.json' with { type: 'json' };
import vastai from './data/vastai.json' with { type: 'json' };
import vault from './data/vault.json' with { type: 'json' };
import vercel from './data/vercel.json' with { type: 'json' };
import voiceflow from './data/voiceflow.json' with { type: 'json' };
import voyage from './data/voyage.json' with { type: 'json' };
import wakatime from './data/wakatime.json' with { type: 'json' };
import wandb from './data/wandb.json' with { type: 'json' };
import workos from './data/workos.json' with { type: 'json' };
import xai from './data/xai.json' with { type: 'json' };
import zapier from './data/zapier.json' with { type: 'json' };
import zendesk from './data/zendesk.json' with { type: 'json' };
import zhipu from './data/zhipu.json' with { type: 'json' };
import zuplo from './data/zuplo.json' with { type: 'json' };
import type { Issuer, TokenKind } from './issuer.ts';
import { VENDOR_KINDS, vendors } from './vendors.ts';

/** Every issuer of which more than the name is known, one data file each. The order means nothing. */
export const ISSUERS: readonly Issuer[] = [
	adafruit,
	airtable,
	algolia,
	alibaba,
	amplitude,
	amqp,
	anthropic,
	apify,
	artifactory,
	asana,
	assemblyai,
	atlassian,
	auth0,
	aws,
	azure,
	basic,
	branch,
	brave,
	brevo,
	brightdata,
	browserbase,
	browserless,
	buildkite,
	cerebras,
	circleci,
	clerk,
	clickup,
	clojars,
	cloudflare,
	cohere,
	contentful,
	context7,
	crates,
	cursor,
	cypress,
	databricks,
	datadog,
	deepgram,
	deepl,
	deepseek,
	deno,
	dependencytrack,
	devin,
	digitalocean,
	discord,
	dockerhub,
	doppler,
	dropbox,
	duffel,
	e2b,
	easypost,
	elevenlabs,
	exa,
	facebook,
	figma,
	firecrawl,
	fireworks,
	flyio,
	gitea,
	github,
	gitlab,
	google,
	grafana,
	groq,
	harness,
	heroku,
	homeassistant,
	hubspot,
	huggingface,
	hyperbrowser,
	infracost,
	instagram,
	intercom,
	jina,
	jwt,
	langfuse,
	langsmith,
	launchdarkly,
	lemonsqueezy,
	linear,
	mailchimp,
	mailersend,
	mailgun,
	mapbox,
	microsoftTeams,
	mistral,
	mixpanel,
	monday,
	mongodb,
	mysql,
	n8n,
	neon,
	netlify,
	newrelic,
	newsapi,
	notion,
	npm,
	nuget,
	nvidia,
	nylas,
	okta,
	onepassword,
	openai,
	openrouter,
	openshift,
	openweather,
	pagerduty,
	perplexity,
	pinecone,
	plaid,
	planetscale,
	postgres,
	posthog,
	postman,
	privateKey,
	pulumi,
	pypi,
	railway,
	rapidapi,
	readme,
	redis,
	render,
	replicate,
	resend,
	retell,
	rubygems,
	runway,
	salesforce,
	scalingo,
	segment,
	sendgrid,
	sentry,
	serpapi,
	serper,
	shippo,
	shopify,
	slack,
	smithery,
	snowflake,
	snyk,
	sonarqube,
	sourcegraph,
	square,
	stability,
	stripe,
	supabase,
	tailscale,
	tavily,
	telegram,
	terraform,
	together,
	trello,
	twilio,
	typeform,
	unidentified,
	url,
	vastai,
	vault,
	vercel,
	voiceflow,
	voyage,
	wakatime,
	wandb,
	workos,
	xai,
	zapier,
	zendesk,
	zhipu,
	zuplo,
] as readonly Issuer[];

/** With the vendors that are known by name only, or by one form of key. */
export const allIssuers = lazy((): readonly Issuer[] => [...ISSUERS, ...vendors()]);

export const KINDS: readonly TokenKind[] = [...ISSUERS.flatMap((issuer) => issuer.kinds), ...VENDOR_KINDS];

const ISSUER_BY_ID = new Map(ISSUERS.map((issuer) => [issuer.id, issuer]));
const VENDOR_BY_ID = lazy(() => new Map(vendors().map((vendor) => [vendor.id, vendor])));
const KIND_BY_ID = new Map(KINDS.map((kind) => [kind.id, kind]));

/** Undefined for an id that is in no data file. */
export function findIssuer(id: string): Issuer | undefined {
	return ISSUER_BY_ID.get(id) ?? VENDOR_BY_ID().get(id);
}

/** @throws RangeError for an id that is in no data file: a bug of the caller, never of the input. */
export function issuerById(id: string): Issuer {
	const issuer = findIssuer(id);
	if (!issuer) throw new RangeError(`no issuer ${id}`);
	return issuer;
}

/** A kind that this code names itself. @throws RangeError if it is in no data file. */
export function knownKind(id: string): TokenKind {
	const kind = KIND_BY_ID.get(id);
	if (!kind) throw new RangeError(`no token kind ${id}`);
	return kind;
}
