using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Persistence;

/// <summary>
/// The place of an execution in a list: open ones by scheduled time and job, finished ones by the end of their last
/// attempt. Callers see it as one opaque word.
/// </summary>
/// <param name="IsOpen">Whether the execution was open.</param>
/// <param name="Time">When it was scheduled; for a finished one, when it finished.</param>
/// <param name="JobId">The job of an open one; empty for a finished one.</param>
/// <param name="Shard">The shard of a finished one.</param>
/// <param name="No">The shard's number of the end of a finished one.</param>
internal sealed record ListCursor(bool IsOpen, DateTimeOffset Time, string JobId, int Shard, long No)
{
    public static ListCursor After(Attempt last)
    {
        return last.FinishedNo is { } no
            ? new ListCursor(IsOpen: false, last.FinishedAt!.Value, "", last.Shard, no)
            : new ListCursor(IsOpen: true, last.Key.ScheduledAt, last.Key.JobId, 0, 0);
    }

    /// <summary>The place that <paramref name="cursor"/> stands for; null for the beginning.</summary>
    /// <exception cref="InvalidCursorException">No page gave this cursor.</exception>
    public static ListCursor? Parse(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        return Decode(cursor)?.Split(' ', 4) switch
        {
            ["o", var time, var job] when TryTime(time, out var at) => new ListCursor(IsOpen: true, at, job, 0, 0),
            ["f", var time, var shard, var no] when TryTime(time, out var at)
                && short.TryParse(shard, NumberStyles.None, CultureInfo.InvariantCulture, out var shardId)
                && long.TryParse(no, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                => new ListCursor(IsOpen: false, at, "", shardId, number),
            _ => throw new InvalidCursorException(cursor),
        };
    }

    public override string ToString()
    {
        var micros = Instant.ToMicroseconds(Time);
        var text = IsOpen
            ? string.Create(CultureInfo.InvariantCulture, $"o {micros} {JobId}")
            : string.Create(CultureInfo.InvariantCulture, $"f {micros} {Shard} {No}");
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }

    private static string? Decode(string cursor)
    {
        return Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) : null;
    }

    private static bool TryTime(string text, out DateTimeOffset time)
    {
        time = default;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros)
            || micros < Instant.ToMicroseconds(DateTimeOffset.MinValue)
            || micros > Instant.ToMicroseconds(DateTimeOffset.MaxValue))
        {
            return false;
        }

        time = Instant.FromMicroseconds(micros);
        return true;
    }
}
