using System.Collections;
using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using Carillon.Node.Tests.Hocon;
using Carillon.Testing;

namespace Carillon.Node.Tests;

/// <summary>
/// What a node says to configurations that are wrong. The files are in <c>BrokenConfigs</c>: the first line is a title,
/// a second one may begin with <c># run with</c>. The answers are the transcripts of docs/troubleshooting.md.
/// </summary>
public sealed partial class BrokenConfigTests : IDisposable
{
    private const string Instruction = "# run with ";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly string Source = Path.Combine(GeneratedPart.RepositoryRoot, "tests", "Carillon.Node.Tests", "BrokenConfigs");

    private readonly TemporaryDirectory _home = new();

    public BrokenConfigTests()
    {
        foreach (var file in Directory.EnumerateFiles(Source, "*.conf", SearchOption.AllDirectories))
        {
            _home.Write(Path.GetRelativePath(Source, file), File.ReadAllText(file));
        }

        File.WriteAllBytes(_home.PathOf("parts/latin1.conf"), [.. "carillon.node.name = \"K\u00F6ln\""u8.ToArray().Where(static b => b != 0xC3)]);
    }

    public static TheoryData<string> Files => [.. Names];

    private static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Source, "*.conf").Select(static file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    public void Dispose()
    {
        _home.Dispose();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Broken_configuration_ends_every_command_with_the_same_sentences_and_leaves_no_trace(string file)
    {
        var (code, output, errors) = await RunAsync("node", file);
        var check = await RunAsync("check", file);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.NotEmpty(errors);
        Assert.Equal((code, output, errors), check);
        Assert.DoesNotContain("Exception", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_home.PathOf("data")), "the data directory was made");
    }

    [Fact]
    public async Task Troubleshooting_page_shows_what_the_commands_print()
    {
        var part = new GeneratedPart("docs/troubleshooting.md", "configurations");
        var text = new StringBuilder();
        foreach (var file in Names)
        {
            var lines = await File.ReadAllLinesAsync(_home.PathOf(file));
            var with = Extra(lines);
            var (_, _, errors) = await RunAsync("node", file);
            var command = with.Contains("--set", StringComparison.Ordinal)
                ? $"carillon node --config {file} {with}"
                : $"{with} carillon node --config {file}".TrimStart();
            text.Append(null, $"\n### {lines[0][2..]}\n\n```hocon\n{string.Join('\n', lines)}\n```\n\n```text\n$ {command}\n{errors}```\n");
        }

        part.RewriteIfAsked(text.ToString());
        Assert.Equal(part.Text, text.ToString());
    }

    [Fact]
    public async Task Missing_file_and_missing_word_end_the_command()
    {
        Assert.Equal((2, "", "none.conf: the file does not exist\n"), await RunAsync("node", "none.conf"));

        var (code, _, errors) = await InvokeAsync(["node"], new Hashtable());
        Assert.Equal((2, "Option '--config' is required.\n"), (code, errors));
    }

    [Fact]
    public async Task Right_configuration_is_ok()
    {
        _home.Write("good.conf", "carillon.jobs = [ { id = a, run { type = class, class = sample-tick } } ]");

        var answer = await RunAsync("check", "good.conf");

        Assert.Equal((0, "ok: cluster carillon, sqlite in data, http://127.0.0.1:8000, 32 slots, jobs declared: 1\n", ""), answer);
    }

    private static string Extra(string[] lines)
    {
        return lines.Length > 1 && lines[1].StartsWith(Instruction, StringComparison.Ordinal) ? lines[1][Instruction.Length..] : string.Empty;
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string command, string file)
    {
        var path = _home.PathOf(file);
        var with = File.Exists(path) ? Extra(await File.ReadAllLinesAsync(path)) : string.Empty;
        var variables = new Hashtable { ["CARILLON__NODE__DATADIR"] = _home.PathOf("data") };
        var isSetting = with.StartsWith("--set ", StringComparison.Ordinal);
        if (!isSetting && with.Length > 0)
        {
            variables[with.Split('=')[0]] = with.Split('=')[1];
        }

        string[] start = string.Equals(command, "node", StringComparison.Ordinal) ? ["node", "--config", path] : ["config", "check", path];
        return await InvokeAsync([.. start, .. isSetting ? with.Split(' ') : []], variables);
    }

    private async Task<(int Code, string Output, string Errors)> InvokeAsync(string[] arguments, IDictionary variables)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(arguments, variables, new InvocationConfiguration { Output = output, Error = errors }).WaitAsync(Limit);
        return (code, Plain(output.ToString()), Plain(errors.ToString()));
    }

    /// <summary>Without what differs from run to run: the directory, and tokens made for the occasion.</summary>
    private string Plain(string text)
    {
        return Fresh().Replace(text.Replace(_home.Path + "/", string.Empty, StringComparison.Ordinal), "…");
    }

    [GeneratedRegex(@"(?<=sha256:)[0-9a-f]{64}|(?<=[ ""])[A-Za-z0-9_-]{43}(?=['""])", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Fresh();
}
