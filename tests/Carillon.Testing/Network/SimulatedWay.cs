namespace Carillon.Testing;

/// <summary>How one node's frames get to another node.</summary>
internal sealed class SimulatedWay(SimulatedNetwork network)
{
    private TimeSpan? _latency;

    /// <summary>Whether nothing gets through now.</summary>
    public bool IsCut { get; set; }

    public double BytesPerSecond { get; set; } = double.PositiveInfinity;

    public TimeSpan Latency
    {
        get => _latency ?? network.Latency;
        set => _latency = value;
    }
}
