using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Testing;

/// <summary>
/// What the rows told when each generation of the statistics began: as long as one lasts, the rows and what is shown
/// grow by the same. The first generation began with nothing.
/// </summary>
internal sealed class GenerationBooks
{
    private readonly Dictionary<(string Name, long Generation), string> _begun = [];

    /// <summary>Compares books with rows.</summary>
    /// <param name="name">Whose books these are.</param>
    /// <param name="generation">The generation in which they are shown.</param>
    /// <param name="rows">What all rows tell.</param>
    /// <param name="shown">What is shown.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Compare(string name, long generation, ExecutionCounts rows, ExecutionCounts shown)
    {
        if ((rows.Open, rows.Running) != (shown.Open, shown.Running) || shown.Planned != shown.Outcomes.Total + shown.Open)
        {
            return $"{name}: the rows say {rows}, shown is {shown}";
        }

        var since = Difference(rows, shown);
        var begun = generation == 0 ? Difference(default, default) : _begun.GetValueOrDefault((name, generation), since);
        _begun[(name, generation)] = begun;
        return string.Equals(begun, since, StringComparison.Ordinal)
            ? null
            : $"{name}, generation {generation}: the rows say {rows}, shown is {shown}, {begun} lay before the generation";
    }

    private static string Difference(ExecutionCounts rows, ExecutionCounts shown)
    {
        var outcomes = Enum.GetValues<Outcome>().Select(outcome => $"{outcome} {rows.Outcomes.Of(outcome) - shown.Outcomes.Of(outcome)}");
        return $"planned {rows.Planned - shown.Planned}, {string.Join(", ", outcomes)}, retries {rows.Retries - shown.Retries}, "
            + $"durations {rows.Durations - shown.Durations} of {rows.DurationMicroseconds - shown.DurationMicroseconds} us";
    }
}
