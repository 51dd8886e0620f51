using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Carillon.Hosting;
using Carillon.Node.Logging;
using Microsoft.Extensions.Logging;

namespace Carillon.Node.Tests;

/// <summary>What <c>carillon logs analyse</c> says about logs.</summary>
public sealed partial class LogsCommandTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("carillon-logs-");

    public void Dispose()
    {
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Log_of_a_node_is_summed_up_by_job_level_error_and_duration()
    {
        var file = Path.Combine(_directory.FullName, "node.log");
        Log(file);

        var (code, text, _) = await RunAsync("logs", "analyse", file, "--json", "--top", "2");

        Assert.Equal(0, code);
        var answer = JsonElement.Parse(text);
        Assert.Equal(6, answer.GetProperty("lines").GetInt32());
        Assert.Equal(0, answer.GetProperty("unreadable").GetInt32());
        Assert.Equal("""{"error":1,"information":2,"warning":3}""", answer.GetProperty("levels").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(
            [("mail", 4, 3, 3, 2), ("report", 1, 0, 1, 0)],
            answer.GetProperty("jobs").EnumerateArray().Select(static j => (
                j.GetProperty("job").GetString()!, j.GetProperty("lines").GetInt32(), j.GetProperty("problems").GetInt32(),
                j.GetProperty("attempts").GetInt32(), j.GetProperty("failures").GetInt32())));
        Assert.Equal(
            [("SmtpException", "mailbox # is full", 2), ("System.TimeoutException", "late", 1)],
            answer.GetProperty("errors").EnumerateArray().Select(static e => (
                e.GetProperty("type").GetString()!, e.GetProperty("message").GetString()!, e.GetProperty("count").GetInt32())));
        Assert.Equal([900.5, 40.0], answer.GetProperty("slowest").EnumerateArray().Select(static s => s.GetProperty("duration_ms").GetDouble()));
    }

    [Fact]
    public async Task People_are_shown_the_same()
    {
        var file = Path.Combine(_directory.FullName, "node.log");
        Log(file);

        var (code, text, errors) = await RunAsync("logs", "analyse", file);

        Assert.Equal((0, string.Empty), (code, errors));
        Assert.StartsWith("6 lines, 0 of them unreadable\nfrom ", text, StringComparison.Ordinal);
        Assert.Contains("\n  mail    4  3  3  2\n  report  1  0  1  0\n", text, StringComparison.Ordinal);
        Assert.Contains("  900.500 ms  report  ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compressed_files_count_as_what_is_in_them()
    {
        var file = Path.Combine(_directory.FullName, "node.log");
        Log(file);
        await using (var packed = new GZipStream(File.Create(file + ".1.gz"), CompressionLevel.Fastest))
        {
            await packed.WriteAsync(await File.ReadAllBytesAsync(file));
        }

        var (code, text, _) = await RunAsync("logs", "analyse", file, file + ".1.gz", "--json");

        Assert.Equal(0, code);
        Assert.Equal(12, JsonElement.Parse(text).GetProperty("lines").GetInt32());
    }

    [Fact]
    public async Task Half_lines_foreign_lines_and_endless_lines_are_counted()
    {
        var file = Path.Combine(_directory.FullName, "node.log");
        Log(file);
        await File.AppendAllTextAsync(
            file,
            "{\"timestamp\":\"2026-01-15T10:00:00Z\",\"lev\nplain text\n\n[1]\n{\"level\":\"error\",\"timestamp\":\"soon\"}\n\"\\ud800\"\n"
            + new string('x', 3_000_000) + "\n{\"timestamp\":\"2026-01-15T10:00:00Z\",\"level\":\"information\"}");

        var (code, text, _) = await RunAsync("logs", "analyse", file, "--json");

        Assert.Equal(0, code);
        var answer = JsonElement.Parse(text);
        Assert.Equal(14, answer.GetProperty("lines").GetInt32());
        Assert.Equal(7, answer.GetProperty("unreadable").GetInt32());
        Assert.Equal("2026-01-15T10:00:00+00:00", answer.GetProperty("from").GetString());
    }

    [Fact]
    public async Task Damaged_archive_is_told_of_and_what_was_before_is_counted()
    {
        var file = Path.Combine(_directory.FullName, "node.log.gz");
        var lines = string.Concat(Enumerable.Range(0, 20_000).Select(static i => string.Create(
            CultureInfo.InvariantCulture, $"{{\"timestamp\":\"2026-01-15T10:00:00Z\",\"level\":\"information\",\"job\":\"j{i * 7919}\"}}\n")));
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await zip.WriteAsync(Encoding.UTF8.GetBytes(lines));
        }

        var bytes = packed.ToArray();
        bytes.AsSpan(bytes.Length / 2, 64).Fill(0xFF);
        await File.WriteAllBytesAsync(file, bytes);

        var (code, text, errors) = await RunAsync("logs", "analyse", file, "--json");

        Assert.Equal(1, code);
        Assert.Contains("node.log.gz' was not read to its end", errors, StringComparison.Ordinal);
        Assert.InRange(JsonElement.Parse(text).GetProperty("lines").GetInt32(), 1, 19_999);
        Assert.Equal("_other", Assert.Single(
            JsonElement.Parse(text).GetProperty("jobs").EnumerateArray().Select(static j => j.GetProperty("job").GetString()).Take(1)));
    }

    [Fact]
    public async Task Missing_file_wrong_option_and_foreign_file_have_codes_of_their_own()
    {
        var text = Path.Combine(_directory.FullName, "text.log");
        await File.WriteAllTextAsync(text, "no JSON");

        Assert.Equal(3, (await RunAsync("logs", "analyse", text + ".gone")).Code);
        Assert.Equal(2, (await RunAsync("logs", "analyse", text, "--top", "0")).Code);
        Assert.Equal(2, (await RunAsync("logs", "analyse")).Code);
        Assert.Equal(1, (await RunAsync("logs", "analyse", text)).Code);
    }

    /// <summary>Writes a log as a node does.</summary>
    private static void Log(string file)
    {
        var options = new LoggingOptions { Executions = ExecutionLog.All };
        options.File.Path = file;
        using var loggers = LoggerFactory.Create(builder =>
        {
            NodeLogging.Configure(builder, options, "n1", TimeProvider.System, TextWriter.Null);
            builder.AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(static _ => false);
        });
        var log = loggers.CreateLogger("Carillon.Executions");
        var late = new TimeoutException("late");
        log.LogError(late, "The store is away.");
        using (log.BeginScope(new Dictionary<string, object> { ["job"] = "report", ["execution"] = Guid.Empty, ["attempt"] = 1 }))
        {
            Ended(log, "succeeded", 900.5);
        }

        using (log.BeginScope(new Dictionary<string, object> { ["job"] = "mail" }))
        {
            Ended(log, "succeeded", 0.25);
            log.LogWarning("Attempt {Outcome} after {DurationMs} ms: {ErrorType}: {ErrorMessage}", "failed", 12.0, "SmtpException", "mailbox 17 is full");
            log.LogWarning("Attempt {Outcome} after {DurationMs} ms: {ErrorType}: {ErrorMessage}", "failed", 40.0, "SmtpException", "mailbox 4 is full");
            log.LogWarning("Something else.");
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Attempt {Outcome} after {DurationMs} ms.")]
    private static partial void Ended(ILogger log, string outcome, double durationMs);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var errors = new StringWriter { NewLine = "\n" };
        var invocation = new InvocationConfiguration { Output = output, Error = errors };
        var code = await CommandLine.RunAsync(arguments, new Dictionary<string, string>(StringComparer.Ordinal), invocation);
        return (code, output.ToString(), errors.ToString());
    }
}
