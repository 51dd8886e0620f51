namespace Carillon.Scheduling.Schedules;

/// <summary>Collects what is wrong with a schedule, one sentence per problem, all of one form.</summary>
internal sealed class ScheduleProblems
{
    private const int QuotedLength = 80;

    private readonly List<string> _sentences = [];

    /// <summary>The problems so far.</summary>
    public IReadOnlyList<string> Sentences => _sentences;

    /// <summary>Adds one problem.</summary>
    /// <param name="field">The configuration key below <c>schedule</c>.</param>
    /// <param name="value">The value as written.</param>
    /// <param name="problem">What is wrong, as a predicate: "is …", "has …".</param>
    /// <param name="allowed">What may be written instead.</param>
    public void Add(string field, string value, string problem, string allowed) =>
        _sentences.Add($"schedule.{field} {Quote(value)} {problem}; allowed: {allowed}.");

    /// <summary>A value fit for a message, whoever wrote it: shortened, without control characters.</summary>
    public static string Quote(string value)
    {
        var shown = value.Length > QuotedLength ? value[..QuotedLength] + "…" : value;
        return "'" + string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c)) + "'";
    }
}
