using System.Text.RegularExpressions;

namespace Carillon.Actors.Tests;

/// <summary>Holds the kernel's README to the tests and the code.</summary>
public sealed partial class ReadmeTests
{
    /// <summary>Of 24 rules, those of the stash (16) and of credits (18) are not built.</summary>
    private static readonly string[] Rules =
        [.. Enumerable.Range(1, 24).Where(static n => n is not (16 or 18)).Select(static n => $"K{n}")];

    private static readonly string[] Lines = File.ReadAllLines(PathOf("README.md"));

    private static string[] RuleRows => [.. Lines.Where(static line => RuleRow().IsMatch(line))];

    [Fact]
    public void Table_has_every_rule_once()
    {
        Assert.Equal(Rules, RuleRows.Select(static row => RuleRow().Match(row).Groups["rule"].Value));
    }

    [Fact]
    public void Every_rule_names_tests_that_exist()
    {
        foreach (var row in RuleRows)
        {
            var names = TestName().Matches(row);
            Assert.True(names.Count > 0, $"no test shows: {row}");
            Assert.All(names, static name => AssertIsTest(name.Groups["type"].Value, name.Groups["method"].Value));
        }
    }

    [Fact]
    public async Task Example_counts()
    {
        await using var world = new ThreadedWorld(threads: 1);
        var system = world.System;
        var counter = system.Spawn("counter", () => new Counter());
        var count = await counter.AskAsync<Read, Count>(replyTo => new Read(replyTo));

        Assert.Equal(1, count.Value);
    }

    [Fact]
    public void Example_is_the_code_that_is_compiled_here()
    {
        string[] files = ["Read.cs", "Count.cs", "Counter.cs", "ReadmeTests.cs"];
        var compiled = files.SelectMany(static file => File.ReadAllLines(PathOf(file)));
        var example = Lines
            .SkipWhile(static line => line is not "```csharp")
            .Skip(1)
            .TakeWhile(static line => line is not "```")
            .ToList();

        Assert.InRange(example.Count, 1, 15);
        Assert.Equal([], example.Select(Trimmed).Except(compiled.Select(Trimmed), StringComparer.Ordinal));

        static string Trimmed(string line) => line.Trim();
    }

    private static void AssertIsTest(string type, string method)
    {
        var found = typeof(ReadmeTests).Assembly.GetType($"{typeof(ReadmeTests).Namespace}.{type}")?.GetMethod(method);
        Assert.True(
            found?.IsDefined(typeof(FactAttribute), inherit: true) == true, $"There is no test {type}.{method}.");
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "readme", name);

    [GeneratedRegex(@"^\| (?<rule>K\d+) \|", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RuleRow();

    [GeneratedRegex(
        @"`(?<type>\w+Tests)\.(?<method>\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TestName();
}
