using System.Collections.ObjectModel;

namespace Carillon.Model;

/// <summary>
/// Makes definitions share their equal parts: a million jobs have few owners, schedules and retry policies, and each
/// need be in memory once. Not safe for several threads.
/// </summary>
public sealed class DefinitionPool
{
    /// <summary>The most different values of one kind that are kept; what comes later is not shared.</summary>
    public const int MaxValues = 10_000;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<ScheduleSpec> _schedules = [];
    private readonly HashSet<RetryPolicy> _retries = [];
    private readonly HashSet<ClassRun> _classes = [];

    /// <summary>An equal definition whose parts are shared.</summary>
    public JobDefinition Share(JobDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition with
        {
            Owner = Text(definition.Owner),
            Category = Text(definition.Category),
            Queue = Share(_texts, definition.Queue),
            Tags = Share(definition.Tags),
            Roles = Share(definition.Roles),
            Schedule = Share(_schedules, definition.Schedule with { TimeZone = Share(_texts, definition.Schedule.TimeZone) }),
            Retry = Share(_retries, definition.Retry),
            Run = Share(definition.Run),
        };
    }

    private RunSpec Share(RunSpec run)
    {
        return run switch
        {
            ClassRun code => Share(_classes, code),
            HttpRun http => http with
            {
                Method = Share(_texts, http.Method),
                Expect = Share(_texts, http.Expect),
                Headers = http.Headers.Count == 0 ? ReadOnlyDictionary<string, string>.Empty : http.Headers,
            },
            _ => run,
        };
    }

    private IReadOnlyList<string> Share(IReadOnlyList<string> texts)
    {
        return texts.Count == 0 ? [] : [.. texts.Select(text => Share(_texts, text))];
    }

    private string? Text(string? text)
    {
        return text is null ? null : Share(_texts, text);
    }

    private static T Share<T>(HashSet<T> known, T value)
        where T : class
    {
        if (known.TryGetValue(value, out var shared))
        {
            return shared;
        }

        if (known.Count < MaxValues)
        {
            known.Add(value);
        }

        return value;
    }
}
