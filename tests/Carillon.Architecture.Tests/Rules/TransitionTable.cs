using System.Text;

namespace Carillon.Architecture.Tests.Rules;

/// <summary>Renders the legal moves of a state machine as the Markdown table that the documents show.</summary>
internal static class TransitionTable
{
    public static string Render<TState>(Func<TState, TState, bool> canMove)
        where TState : struct, Enum
    {
        var states = Enum.GetValues<TState>();
        var table = new StringBuilder();
        table.Append("| from ↓ to → |").AppendJoin('|', states.Select(s => $" {s} ")).Append("|\n");
        table.Append('|').Append(string.Concat(Enumerable.Repeat("---|", states.Length + 1))).Append('\n');
        foreach (var from in states)
        {
            table.Append("| ").Append(from).Append(" |").AppendJoin('|', states.Select(to => canMove(from, to) ? " yes " : " – ")).Append("|\n");
        }

        return table.ToString();
    }
}
