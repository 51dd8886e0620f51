using System.Collections;
using Carillon.Node.Hocon;
using Carillon.Node.Tests.Hocon;
using Carillon.Testing;

namespace Carillon.Node.Tests;

/// <summary>What docs/hocon.md says is refused is refused, in these words; its example starts a node.</summary>
public sealed class HoconPageTests : IDisposable
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(GeneratedPart.RepositoryRoot, "docs", "hocon.md"));

    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _directory.Dispose();
    }

    [Fact]
    public void Example_is_taken()
    {
        var example = Page.SkipWhile(static line => !line.StartsWith("```hocon", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(static line => !line.StartsWith("```", StringComparison.Ordinal));
        var file = _directory.Write("node.conf", string.Join('\n', example));

        var options = ConfiguredNode.Create(new NodeArguments(file, [], new Hashtable { ["HOSTNAME"] = "berlin-1" })).Options;

        Assert.Equal(("berlin-1", 64), (options.Node.Name, options.Workers.Slots));
        Assert.Equal([("nightly", "sales", null), ("weekly", "sales", TimeSpan.FromHours(1))], options.Jobs.Select(static job => (job.Id, job.Owner, job.Timeout)));
    }

    [Theory]
    [InlineData("Omit root braces", "[]", "a configuration must be an object, not a list")]
    [InlineData("Commas", "a = 1,, b = 2", "expected a key")]
    [InlineData("Commas", "a = [,1]", "expected a list element")]
    [InlineData("Duplicate keys", "carillon { node { data-dir = a, dataDir = b } }", "is also given in another spelling")]
    [InlineData("Unquoted strings", "a = x*", "is not allowed in an unquoted string; put the text in double quotes")]
    [InlineData("Multi-line strings", "a = \"\"\"x", "the string opened with \"\"\" is not closed")]
    [InlineData("Value concatenation", "x = [1], a = b ${x}", "a string and a list cannot be joined into one value")]
    [InlineData("Path expressions", "a..b = 1", "a path may not begin or end with '.' or contain '..'")]
    [InlineData("`${path}`", "${a} = 1", "expected a key")]
    [InlineData("`${path}`", "a = ${b}", "is not defined, neither in the configuration nor as an environment variable")]
    [InlineData("Self-referential", "a = ${a}", "leads back to the value that it is part of")]
    [InlineData("The `+=` separator", "a = x, a += y", "'+=' adds to a list, but the value so far is a string")]
    [InlineData("Include syntax", "include url(\"http://127.0.0.1/\")", "only files can be included")]
    [InlineData("Include syntax", "include package(\"x\")", "only files can be included")]
    [InlineData("Missing files", "include required(\"x\")", "the required file 'x' does not exist")]
    [InlineData("File formats", "include \"x.properties\"", "properties files cannot be included")]
    [InlineData("Locating resources", "include \"node.conf\"", "includes itself, directly or through other files")]
    [InlineData("Numerically indexed", "carillon.node.roles { a = b }", "is not a position")]
    [InlineData("Durations", "carillon.cluster.lease = 1w", "but must be a duration such as 500ms, 5s, 2 minutes or 1d")]
    [InlineData("Sizes in bytes", "carillon.history.output-limit = 64KB", "but must be a size such as 512B, 64KiB or 10MB")]
    public void Refusal_is_in_the_words_of_its_row(string section, string hocon, string words)
    {
        var file = _directory.Write("node.conf", hocon);

        var error = Assert.Throws<InvalidConfigException>(() => ConfiguredNode.Create(new NodeArguments(file, [], new Hashtable())));

        Assert.Contains(words, error.Problems[0].Message, StringComparison.Ordinal);
        var row = Assert.Single(Page, line => line.StartsWith("| " + section, StringComparison.Ordinal));
        Assert.Contains(words, row, StringComparison.Ordinal);
    }
}
