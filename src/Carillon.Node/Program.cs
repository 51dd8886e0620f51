using System.CommandLine;
using Carillon.Node.Cron;
using Carillon.Web;

namespace Carillon.Node;

/// <summary>The command line.</summary>
internal static class Program
{
    /// <summary>Reads the arguments. What begins with @ is a cron macro, never the name of a file of arguments.</summary>
    internal static ParseResult Parse(IReadOnlyList<string> args)
    {
        var file = new Option<string>("--config") { Description = "The configuration file (HOCON).", Required = true, HelpName = "FILE" };
        var settings = new Option<string[]>("--set")
        {
            Description = "Overrides one key: --set node.urls=http://127.0.0.1:8001. May be repeated.",
            HelpName = "KEY=VALUE",
            DefaultValueFactory = static _ => [],
        };
        var node = new Command("node", "Starts a node and runs it until SIGTERM or SIGINT.") { file, settings };
        node.SetAction((parsed, _) => NodeCommand.RunAsync(
            parsed.GetRequiredValue(file), parsed.GetRequiredValue(settings), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));

        var root = new RootCommand("Carillon, a distributed job scheduler.") { node, CronCommand.Create(TimeProvider.System), Token() };
        return root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    private static Task<int> Main(string[] args)
    {
        var line = Parse(args);

        // A node handles signals itself: by default the command line would end the process two seconds after SIGTERM.
        var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
        return line.Errors.Count > 0 ? ReportAsync(line) : line.InvokeAsync(invocation);
    }

    private static Command Token()
    {
        var name = new Option<string>("--name") { Description = "Who holds the token.", DefaultValueFactory = static _ => "admin", HelpName = "NAME" };
        var role = new Option<Role>("--role") { Description = "What its holder may do.", DefaultValueFactory = static _ => Role.Admin };
        var make = new Command("new", "Makes a token: its text on standard output, the line to configure it on standard error.") { name, role };
        make.SetAction((parsed, _) => TokenCommand.MakeAsync(
            parsed.GetRequiredValue(name), parsed.GetRequiredValue(role), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return new Command("token", "Access tokens.") { make };
    }

    private static async Task<int> ReportAsync(ParseResult line)
    {
        foreach (var error in line.Errors)
        {
            await line.InvocationConfiguration.Error.WriteLineAsync(error.Message);
        }

        return ExitCode.Usage;
    }
}
