using System.Collections;
using System.Globalization;

namespace Carillon.Scheduling;

/// <summary>The log scope of an attempt: text for people, pairs for log stores.</summary>
internal sealed record AttemptScope(string JobId, Guid ExecutionId, int Attempt) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 3;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("job", JobId),
        1 => new("execution", ExecutionId),
        2 => new("attempt", Attempt),
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "0 to 2"),
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
        return string.Create(CultureInfo.InvariantCulture, $"job {JobId} execution {ExecutionId} attempt {Attempt}");
    }
}
