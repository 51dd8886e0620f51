namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.workers</c>.</summary>
public sealed class WorkersOptions
{
    /// <summary>Attempts at once on this node, those whose start is being recorded included. Default: 32; 1 to 10,000.</summary>
    public int Slots { get; set; } = 32;

    /// <summary>The queues and their share of the slots. A queue that is not named may take all of them. Default: none.</summary>
    public IDictionary<string, QueueOptions> Queues { get; set; } = new Dictionary<string, QueueOptions>(StringComparer.Ordinal);

    /// <summary>How long a leaving node waits for what runs. Default: 30 s; 0 to 1 h.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
