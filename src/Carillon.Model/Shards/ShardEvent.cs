namespace Carillon.Model;

/// <summary>A write with the place the owner gave it in its shard; once committed, a fact.</summary>
public readonly record struct ShardEvent
{
    private readonly long _atTicks; // half of a DateTimeOffset: every execution makes two facts

    /// <summary>Places a write.</summary>
    /// <param name="term">The shard, and the term under which it is written.</param>
    /// <param name="no">The owner's own counter of the shard: unique, growing.</param>
    /// <param name="at">When the owner appended it.</param>
    /// <param name="write">What is recorded.</param>
    public ShardEvent(ShardTerm term, long no, DateTimeOffset at, ShardWrite write)
    {
        Term = term;
        No = no;
        _atTicks = at.UtcTicks;
        Write = write;
    }

    /// <summary>The shard, and the term under which it is written.</summary>
    public ShardTerm Term { get; }

    /// <summary>The owner's own counter of the shard: unique, growing.</summary>
    public long No { get; }

    /// <summary>When the owner appended it: UTC, growing within a shard.</summary>
    public DateTimeOffset At => new(_atTicks, TimeSpan.Zero);

    /// <summary>What is recorded.</summary>
    public ShardWrite Write { get; }
}
