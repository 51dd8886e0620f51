namespace Carillon.Cluster;

/// <summary>What all lanes of one purpose count together, also those that have ended.</summary>
internal sealed class LaneCounters
{
    private long _breaks;
    private long _lost;

    public long Breaks => Interlocked.Read(ref _breaks);

    public long Lost => Interlocked.Read(ref _lost);

    public void CountBreak()
    {
        Interlocked.Increment(ref _breaks);
    }

    public void CountLost(int messages)
    {
        Interlocked.Add(ref _lost, messages);
    }
}
