using System.Collections;
using System.Globalization;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>The log scope of an attempt: text for people, pairs for log stores.</summary>
internal sealed record AttemptScope(Attempt Attempt, string Node) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 6;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("job", Attempt.Key.JobId),
        1 => new("execution", Attempt.Key.ExecutionId),
        2 => new("attempt", Attempt.Key.Attempt),
        3 => new("node", Node),
        4 => new("shard", Attempt.Shard),
        5 => new("trace_id", ExecutionTrace.IdOf(Attempt.Key.ExecutionId, Attempt.TraceParent)),
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "0 to 5"),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator()
    {
        return GetEnumerator();
    }

    public override string ToString()
    {
        var key = Attempt.Key;
        return string.Create(CultureInfo.InvariantCulture, $"job {key.JobId} execution {key.ExecutionId} attempt {key.Attempt}");
    }
}
