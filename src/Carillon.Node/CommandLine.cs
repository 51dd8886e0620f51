using System.Collections;
using System.CommandLine;
using Carillon.Node.Cron;
using Carillon.Node.Logs;
using Carillon.Web;

namespace Carillon.Node;

/// <summary>The commands of <c>carillon</c> and what they take.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="invocation">Where output and errors go.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, IDictionary variables, InvocationConfiguration invocation)
    {
        var line = Parse(arguments, variables);
        if (line.Errors.Count == 0)
        {
            // A node handles signals itself: by default the command line would end the process two seconds after SIGTERM.
            invocation.ProcessTerminationTimeout = null;
            return await line.InvokeAsync(invocation);
        }

        foreach (var error in line.Errors)
        {
            await invocation.Error.WriteLineAsync(error.Message);
        }

        return ExitCode.Usage;
    }

    /// <summary>Reads a command line. What begins with @ is a cron macro, never the name of a file of arguments.</summary>
    public static ParseResult Parse(IReadOnlyList<string> arguments, IDictionary variables)
    {
        var root = new RootCommand("Carillon, a distributed job scheduler.")
        {
            Node(variables), Config(variables), CronCommand.Create(TimeProvider.System), LogsCommand.Create(), Token(),
        };
        return root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    private static Command Node(IDictionary variables)
    {
        var file = new Option<string>("--config") { Description = "The configuration file (HOCON).", Required = true, HelpName = "FILE" };
        var settings = Settings();
        var node = new Command("node", "Starts a node and runs it until SIGTERM or SIGINT.") { file, settings };
        node.SetAction((parsed, _) => FailureReport.RunAsync(
            () => NodeCommand.RunAsync(
                new NodeArguments(parsed.GetRequiredValue(file), parsed.GetRequiredValue(settings), variables),
                parsed.InvocationConfiguration.Output,
                parsed.InvocationConfiguration.Error),
            parsed.InvocationConfiguration.Error));
        return node;
    }

    private static Command Config(IDictionary variables)
    {
        var file = new Argument<string>("FILE") { Description = "The configuration file (HOCON)." };
        var settings = Settings();
        var check = new Command("check", "Says what is wrong with a configuration, or ok. Starts nothing.") { file, settings };
        check.SetAction((parsed, _) => FailureReport.RunAsync(
            () => ConfigCommand.CheckAsync(
                new NodeArguments(parsed.GetRequiredValue(file), parsed.GetRequiredValue(settings), variables), parsed.InvocationConfiguration.Output),
            parsed.InvocationConfiguration.Error));
        return new Command("config", "Configuration files.") { check };
    }

    private static Option<string[]> Settings()
    {
        return new Option<string[]>("--set")
        {
            Description = "Overrides one key: --set node.urls=http://127.0.0.1:8001. May be repeated.",
            HelpName = "KEY=VALUE",
            DefaultValueFactory = static _ => [],
        };
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
}
