namespace Carillon.Architecture.Tests.Rules;

/// <summary>A place that breaks a rule.</summary>
/// <param name="Path">The file, from the root of the repository.</param>
/// <param name="Line">From 1.</param>
/// <param name="Problem">What is wrong, and what to do about it.</param>
internal sealed record Finding(string Path, int Line, string Problem)
{
    public static void AssertNone(IEnumerable<Finding> findings)
    {
        var lines = findings.Select(f => $"{f.Path}:{f.Line}: {f.Problem}").ToArray();
        Assert.True(lines.Length == 0, string.Join('\n', lines.Prepend($"{lines.Length} place(s) to mend:")));
    }
}
