using System.Diagnostics;
using System.Text.Json;
using Carillon.Hosting;
using Carillon.Node.Logging;
using Microsoft.Extensions.Logging;

namespace Carillon.Node.Tests;

/// <summary>What the log file of a node holds.</summary>
public sealed class NodeLoggingTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("carillon-log-");

    private string File => Path.Combine(_directory.FullName, "below", "node.log");

    public void Dispose()
    {
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void Entry_is_an_object_with_its_fields_error_scope_and_trace()
    {
        using var activity = new Activity("run");
        activity.Start();
        var line = Assert.Single(Lines(new LoggingOptions(), static log =>
        {
            using var outer = log.BeginScope(new Dictionary<string, object?> { ["job"] = "report", ["attempt"] = 2, ["tenant"] = "a" });
            using var inner = log.BeginScope("step {Step}", 7);
            Fail(log);
        }));

        Assert.Equal("error", line.GetProperty("level").GetString());
        Assert.Equal("Some.Category", line.GetProperty("category").GetString());
        Assert.Equal(TimeSpan.Zero, line.GetProperty("timestamp").GetDateTimeOffset().Offset);
        Assert.Equal("3 of 4.5 rows of \"t\" failed", line.GetProperty("message").GetString());
        Assert.Equal("{Count} of {All} rows of {Table} failed", line.GetProperty("template").GetString());
        Assert.Equal("""{"Count":3,"All":4.5,"Table":"\"t\""}""", line.GetProperty("fields").GetRawText());
        Assert.Equal("System.InvalidOperationException", line.GetProperty("exception").GetProperty("type").GetString());
        Assert.Equal("no\nrow", line.GetProperty("exception").GetProperty("message").GetString());
        Assert.Contains(nameof(Fail), line.GetProperty("exception").GetProperty("stack").GetString(), StringComparison.Ordinal);
        Assert.Equal("report", line.GetProperty("job").GetString());
        Assert.Equal(2, line.GetProperty("attempt").GetInt32());
        Assert.Equal("n1", line.GetProperty("node").GetString());
        Assert.Equal("""{"tenant":"a","Step":7}""", line.GetProperty("scope").GetRawText());
        Assert.Equal(activity.TraceId.ToHexString(), line.GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), line.GetProperty("span_id").GetString());

        static void Fail(ILogger log)
        {
            try
            {
                throw new InvalidOperationException("no\nrow");
            }
            catch (InvalidOperationException error)
            {
                log.LogError(error, "{Count} of {All} rows of {Table} failed", 3, 4.5, "\"t\"");
            }
        }
    }

    [Theory]
    [InlineData("lone \uD800 surrogate")]
    [InlineData("two\nlines\r\n\u2028\0")]
    [InlineData("}{\"level\":\"critical\"}")]
    public void Hostile_text_stays_within_its_line(string text)
    {
        var line = Assert.Single(Lines(new LoggingOptions(), log => log.LogWarning("{Text}", text)));

        Assert.Equal("warning", line.GetProperty("level").GetString());
        Assert.Equal(text.Replace('\uD800', '\uFFFD'), line.GetProperty("fields").GetProperty("Text").GetString());
    }

    [Fact]
    public void Very_long_text_is_cut()
    {
        var text = new string('x', 1_000_000);
        Lines(new LoggingOptions(), log => log.LogWarning("{Text}", text));

        Assert.InRange(new FileInfo(File).Length, 32_000, 40_000);
    }

    [Theory]
    [InlineData(ExecutionLog.None, 0)]
    [InlineData(ExecutionLog.Failed, 1)]
    [InlineData(ExecutionLog.All, 2)]
    public void Ends_of_attempts_are_logged_as_wanted(ExecutionLog wanted, int count)
    {
        var lines = Lines(
            new LoggingOptions { Executions = wanted },
            static log =>
            {
                log.LogInformation("It succeeded.");
                log.LogWarning("It failed.");
            },
            "Carillon.Executions");

        Assert.Equal(count, lines.Count);
    }

    [Fact]
    public void Text_is_one_line_for_each_entry()
    {
        var options = new LoggingOptions();
        options.File.Format = LogFormat.Text;
        var error = new InvalidOperationException("no");
        Write(options, log => log.LogWarning(error, "one\ntwo"), "Some.Category");

        var line = Assert.Single(System.IO.File.ReadAllLines(File));
        Assert.EndsWith("Z warning Some.Category: one two System.InvalidOperationException: no", line, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_cannot_be_written_is_named()
    {
        System.IO.File.WriteAllText(Path.Combine(_directory.FullName, "below"), "a file, no directory");

        var error = Assert.Throws<LogFileException>(() => Lines(new LoggingOptions(), static _ => { }));
        Assert.Contains(File, error.Message, StringComparison.Ordinal);
        Assert.Contains("carillon.logging.file.path", error.Message, StringComparison.Ordinal);
    }

    private List<JsonElement> Lines(LoggingOptions options, Action<ILogger> log, string category = "Some.Category")
    {
        Write(options, log, category);
        return [.. System.IO.File.ReadAllLines(File).Select(static line => JsonElement.Parse(line))];
    }

    private void Write(LoggingOptions options, Action<ILogger> log, string category)
    {
        options.File.Path = File;
        using var loggers = LoggerFactory.Create(builder =>
        {
            NodeLogging.Configure(builder, options, "n1", TimeProvider.System, TextWriter.Null);
            builder.AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(static _ => false);
        });
        log(loggers.CreateLogger(category));
    }
}
