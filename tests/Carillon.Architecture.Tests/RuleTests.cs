using Carillon.Architecture.Tests.Rules;

namespace Carillon.Architecture.Tests;

/// <summary>Each rule sees what it forbids, and lets pass what only looks like it.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("src/Carillon.Scheduling", "../../src/Carillon.Metrics/Carillon.Metrics.csproj")]
    [InlineData("src/Carillon.Cluster", "../../src/Carillon.Scheduling/Carillon.Scheduling.csproj")]
    [InlineData("src/Carillon.Web", "../../tests/Carillon.Testing/Carillon.Testing.csproj")]
    [InlineData("src/Carillon.Unknown", "../../src/Carillon.Model/Carillon.Model.csproj")]
    [InlineData("tests/Carillon.Cluster.Tests", @"..\..\src\Carillon.Scheduling\Carillon.Scheduling.csproj")]
    [InlineData("tests/Carillon.Metrics.Tests", "../../src/Carillon.Scheduling/Carillon.Scheduling.csproj")]
    [InlineData("tests/Carillon.Testing", "../../src/Carillon.Persistence/Carillon.Persistence.csproj")]
    public void Reference_against_the_direction_is_found(string project, string target)
    {
        Assert.Single(DependencyRule.Check(Tree(Project(project, $"<ProjectReference Include=\"{target}\" />"))));
    }

    [Theory]
    [InlineData("src/Carillon.Scheduling", "../../src/Carillon.Cluster/Carillon.Cluster.csproj")]
    [InlineData("tests/Carillon.Cluster.Tests", "../../src/Carillon.Cluster/Carillon.Cluster.csproj")]
    [InlineData("tests/Carillon.Cluster.Tests", "../../src/Carillon.Actors/Carillon.Actors.csproj")]
    [InlineData("tests/Carillon.Cluster.Tests", "../../tests/Carillon.Testing/Carillon.Testing.csproj")]
    public void Reference_along_the_direction_passes(string project, string target)
    {
        Assert.Empty(DependencyRule.Check(Tree(Project(project, $"<ProjectReference Include=\"{target}\" />"))));
    }

    [Fact]
    public void Database_package_outside_the_stores_is_found()
    {
        Assert.Single(DependencyRule.Check(Tree(Project("src/Carillon.Web", "<PackageReference Include=\"Npgsql\" />"))));
        Assert.Empty(DependencyRule.Check(Tree(Project("src/Carillon.Persistence", "<PackageReference Include=\"Npgsql\" />"))));
    }

    [Theory]
    [InlineData("// TODO: later")]
    [InlineData("an agent wrote this")]
    [InlineData("as found in the previous session")]
    [InlineData("made with AI")]
    [InlineData("cd /root/carillon")]
    [InlineData("see /work/shared/design")]
    [InlineData("\"/home/anna/data\"")]
    [InlineData("\"resolved\": \"https://registry.npmjs.org/x\"")]
    [InlineData("<add value=\"https://artifactory.example.com/nuget\" />")]
    public void Banned_word_is_found(string line)
    {
        var finding = Assert.Single(WordRule.Check(Tree(new SourceFile("docs/a.md", "first\n" + line))));

        Assert.Equal(2, finding.Line);
    }

    [Theory]
    [InlineData("request.Headers.UserAgent and User-Agent")]
    [InlineData("no session of the incarnation is left")]
    [InlineData("https://example.com/work/units")]
    [InlineData("{server}/work?ms=5")]
    [InlineData("src/work/units")]
    [InlineData("a mail from the shack")]
    public void Word_that_only_resembles_a_banned_one_passes(string line)
    {
        Assert.Empty(WordRule.Check(Tree(new SourceFile("docs/a.md", line))));
    }

    [Theory]
    [InlineData("public sealed class JobManager")]
    [InlineData("internal static class StringHelpers")]
    [InlineData("public readonly record struct CommonValues(int A);")]
    public void Empty_type_name_is_found(string line)
    {
        Assert.Single(TypeNameRule.Check(Tree(new SourceFile("src/A/B.cs", line))));
    }

    [Theory]
    [InlineData("[gone](gone.md)")]
    [InlineData("[wrong case](Other.md)")]
    [InlineData("[above the root](../../a.md)")]
    [InlineData("[no heading](other.md#third)")]
    [InlineData("[no heading here](#nothing)")]
    [InlineData("![picture](picture.svg)")]
    [InlineData("<img src=\"picture.svg\">")]
    [InlineData("[reference]: gone.md")]
    public void Dead_link_is_found(string line)
    {
        Assert.Single(LinkRule.Check(Pages(line)));
    }

    [Theory]
    [InlineData("[file](other.md)")]
    [InlineData("[heading](other.md#first-part-its-name)")]
    [InlineData("[second of the same name](other.md#second-1)")]
    [InlineData("[folder](../src/A)")]
    [InlineData("[own heading](#title)")]
    [InlineData("[elsewhere](https://example.com/gone.md)")]
    [InlineData("```\n[in code](gone.md)\n```")]
    public void Live_link_passes(string line)
    {
        Assert.Empty(LinkRule.Check(Pages(line)));
    }

    [Fact]
    public void Long_source_file_is_found()
    {
        var lines = string.Concat(Enumerable.Repeat("//\n", 401));

        Assert.Equal(401, Assert.Single(LayoutRule.Check(Tree(new SourceFile("src/A/B.cs", lines)))).Line);
        Assert.Empty(LayoutRule.Check(Tree(new SourceFile("src/A/B.cs", lines[..^3]))));
        Assert.Empty(LayoutRule.Check(Tree(new SourceFile("tests/A/B.cs", lines))));
    }

    [Fact]
    public void Deep_folder_is_found()
    {
        Assert.Single(LayoutRule.Check(Tree(new SourceFile("src/A/one/two/three/B.cs", string.Empty))));
        Assert.Empty(LayoutRule.Check(Tree(new SourceFile("src/A/one/two/B.cs", string.Empty))));
    }

    [Fact]
    public void Project_without_readme_or_solution_entry_is_found()
    {
        Assert.Collection(
            LayoutRule.Check(Tree(Project("src/Carillon.Model", string.Empty))),
            readme => Assert.Equal("src/Carillon.Model/README.md", readme.Path),
            solution => Assert.Equal("Cluster.sln", solution.Path));
    }

    [Fact]
    public void Long_readme_is_found()
    {
        var tree = Tree(
            Project("src/Carillon.Model", string.Empty),
            new SourceFile("src/Carillon.Model/README.md", string.Concat(Enumerable.Repeat("line\n", 121))),
            new SourceFile("Cluster.sln", @"""src\Carillon.Model\Carillon.Model.csproj"""));

        Assert.Equal(121, Assert.Single(LayoutRule.Check(tree)).Line);
    }

    [Theory]
    [InlineData("[Fact(Skip = \"slow\")]")]
    [InlineData("[Theory(DisplayName = \"a\", Skip=Reason)]")]
    [InlineData("Thread.Sleep(10);")]
    [InlineData("await Task.Delay(10);")]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);")]
    [InlineData("await Task.Delay(10, TimeProvider.System);")]
    [InlineData("Assert.True(true);")]
    public void Test_that_skips_sleeps_or_proves_nothing_is_found(string line)
    {
        Assert.Single(TestRule.Check(Tree(new SourceFile("tests/A/B.cs", line))));
    }

    [Theory]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(3), world.Time);")]
    [InlineData("Task.Delay(delay, _database.Clock, cancellationToken)")]
    [InlineData("[InlineData(\"Thread.Sleep(10)\")]")]
    [InlineData("Assert.True(isTrue);")]
    public void Test_that_waits_on_its_own_clock_passes(string line)
    {
        Assert.Empty(TestRule.Check(Tree(new SourceFile("tests/A/B.cs", line))));
    }

    [Fact]
    public void Documented_metric_that_nothing_writes_is_found()
    {
        var tree = Tree(
            new SourceFile("docs/metrics.md", "`scheduler_jobs_total`\n`scheduler_lag_seconds_bucket{le}`\n`scheduler_gone`"),
            new SourceFile("src/A/B.cs", "\"scheduler_jobs_total\" \"scheduler_lag_seconds\""));

        Assert.Equal(3, Assert.Single(MetricNameRule.Check(tree)).Line);
    }

    [Theory]
    [InlineData("| 26 | what | `ATests.Works` |", 0)]
    [InlineData("| 26 | what | `ATests.Works`, `ATests.Fails` |", 1)]
    [InlineData("| 26 | what | `BTests.Works` |", 1)]
    [InlineData("| 26 | what | see others |", 0)]
    [InlineData("| 26 | what | none |", 1)]
    [InlineData("| 25 | what | `ATests.Works` |", 2)] // one too many, and one too few
    public void Trap_without_its_test_is_found(string last, int findings)
    {
        var rows = Enumerable.Range(1, 25).Select(static trap => $"| {trap} | what | `ATests.Works` |").Append(last);
        var tree = Tree(
            new SourceFile("docs/reliability.md", string.Join('\n', rows)),
            new SourceFile("tests/A/ATests.cs", "    public void Works()"),
            new SourceFile("src/A/BTests.cs", "    public void Works()"));

        Assert.Equal(findings, TrapTableRule.Check(tree).Count());
    }

    [Fact]
    public void Repository_is_read_without_its_build_output()
    {
        Assert.NotNull(SourceTree.Repository.Find("Cluster.sln"));
        Assert.DoesNotContain(SourceTree.Repository.Files, f => f.IsBelow("artifacts"));
    }

    private static SourceTree Tree(params SourceFile[] files)
    {
        return new SourceTree(files);
    }

    private static SourceTree Pages(string line)
    {
        return Tree(
            new SourceFile("docs/a.md", "# Title\n" + line),
            new SourceFile("docs/other.md", "# First part: its `name`\n## Second\n## Second\n"),
            new SourceFile("src/A/B.cs", string.Empty));
    }

    private static SourceFile Project(string folder, string items)
    {
        var path = $"{folder}/{Path.GetFileName(folder)}.csproj";
        return new SourceFile(path, $"<Project>\n<ItemGroup>\n{items}\n</ItemGroup>\n</Project>");
    }
}
