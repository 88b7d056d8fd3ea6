// A real MCP server: the test server of the MCP project itself.
import '{{everything}}';
