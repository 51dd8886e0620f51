using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Carillon.Node.Logs;

/// <summary><c>carillon logs analyse</c>: what is in JSON logs.</summary>
internal static class LogsCommand
{
    private const int MaxTop = 1_000;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // read by programs, not pages
        WriteIndented = true,
    };

    /// <summary>The command and its options.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "JSON logs, also compressed with gzip.",
            Arity = ArgumentArity.OneOrMore,
        };
        var top = new Option<int>("--top")
        {
            Description = $"How many jobs, errors and slow attempts are shown, 1 to {MaxTop}.",
            HelpName = "N",
            DefaultValueFactory = static _ => 10,
        };
        var json = new Option<bool>("--json") { Description = "Answers with JSON, with all jobs and errors." };
        var analyse = new Command("analyse", "Counts the lines of JSON logs by level, job and error, and finds the slowest attempts.")
        {
            files, top, json,
        };
        analyse.SetAction((parsed, cancellationToken) => AnalyseAsync(
            parsed.GetRequiredValue(files),
            parsed.GetRequiredValue(top),
            parsed.GetValue(json),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellationToken));
        return new Command("logs", "Log files.") { analyse };
    }

    /// <summary>Analyses files.</summary>
    /// <returns>The exit code: 2 for a wrong option, 3 when a file is missing, 1 when one cannot be read or holds no log.</returns>
    private static async Task<int> AnalyseAsync(
        IReadOnlyList<string> files, int top, bool isJson, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (top is < 1 or > MaxTop)
        {
            await errors.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"--top {top} is out of range; allowed: 1 to {MaxTop}."));
            return ExitCode.Usage;
        }

        if (files.Where(static file => !File.Exists(file)).ToArray() is { Length: > 0 } missing)
        {
            foreach (var file in missing)
            {
                await errors.WriteLineAsync($"'{file}' is not there, or is no file.");
            }

            return ExitCode.NotFound;
        }

        var analysis = new LogAnalysis(top);
        var code = ExitCode.Ok;
        foreach (var file in files)
        {
            if (await ReadAsync(file, analysis, cancellationToken) is { } problem)
            {
                await errors.WriteLineAsync(problem);
                code = ExitCode.Failed;
            }
        }

        var answer = analysis.Answer();
        if (answer.Lines == answer.Unreadable)
        {
            await errors.WriteLineAsync("There is no line of a JSON log: let the node write one with logging.file, or logging.console = json.");
            code = ExitCode.Failed;
        }

        await output.WriteLineAsync(isJson ? JsonSerializer.Serialize(answer, Json) : LogText.Answer(answer, top));
        return code;
    }

    private static async Task<string?> ReadAsync(string file, LogAnalysis analysis, CancellationToken cancellationToken)
    {
        try
        {
            await LogLines.ReadAsync(file, analysis.Take, cancellationToken);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return $"'{file}' was not read to its end: {error.Message}";
        }
    }
}
