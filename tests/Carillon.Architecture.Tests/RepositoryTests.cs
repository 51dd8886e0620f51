using Carillon.Architecture.Tests.Rules;

namespace Carillon.Architecture.Tests;

public sealed class RepositoryTests
{
    [Fact]
    public void Projects_reference_only_lower_levels()
    {
        Finding.AssertNone(DependencyRule.Check(SourceTree.Repository));
    }

    [Fact]
    public void Files_hold_no_banned_words()
    {
        Finding.AssertNone(WordRule.Check(SourceTree.Repository));
    }

    [Fact]
    public void Types_are_named_after_what_they_do()
    {
        Finding.AssertNone(TypeNameRule.Check(SourceTree.Repository));
    }

    [Fact]
    public void Relative_links_lead_somewhere()
    {
        Finding.AssertNone(LinkRule.Check(SourceTree.Repository));
    }

    [Fact]
    public void Sources_keep_to_the_layout()
    {
        Finding.AssertNone(LayoutRule.Check(SourceTree.Repository));
    }

    [Fact]
    public void Tests_run_and_do_not_sleep()
    {
        Finding.AssertNone(TestRule.Check(SourceTree.Repository));
    }

    [Fact]
    public void Every_trap_of_the_protocol_has_its_tests()
    {
        Finding.AssertNone(TrapTableRule.Check(SourceTree.Repository));
    }

    [Fact]
    public void Documented_metrics_exist()
    {
        Finding.AssertNone(MetricNameRule.Check(SourceTree.Repository));
    }
}
