namespace Carillon.Metrics;

/// <summary>What a node did not count since it last told, by reason. For any thread.</summary>
internal sealed class DroppedCounts
{
    private readonly long[] _counts = new long[Enum.GetValues<DropReason>().Length];

    public void Add(DropReason reason, long count = 1)
    {
        Interlocked.Add(ref _counts[(int)reason], count);
    }

    /// <summary>Moves the counts into the family that shows them, which is recorded like every other one.</summary>
    public void MoveTo(SeriesBuffer buffer)
    {
        foreach (var reason in Enum.GetValues<DropReason>())
        {
            var count = Interlocked.Exchange(ref _counts[(int)reason], 0);
            if (count > 0)
            {
                buffer.Dropped(reason, count);
            }
        }
    }
}
