using Carillon.Architecture.Tests.Rules;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Architecture.Tests;

public sealed class TransitionTableTests
{
    private const string Page = "docs/ARCHITECTURE.md";

    [Fact]
    public void Architecture_page_shows_the_moves_of_an_attempt()
    {
        AssertShown(TransitionTable.Render<AttemptState>(AttemptStates.CanMove));
    }

    [Fact]
    public void Architecture_page_shows_the_moves_of_an_open_attempt()
    {
        AssertShown(TransitionTable.Render<AttemptPhase>(AttemptPhases.CanMove));
    }

    private static void AssertShown(string table)
    {
        var text = SourceTree.Repository.Find(Page)?.Text ?? string.Empty;
        Assert.True(text.Contains(table, StringComparison.Ordinal), $"{Page} does not show the moves that the code allows. Put this table there:\n{table}");
    }
}
