namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.workers.queues.NAME</c>.</summary>
public sealed class QueueOptions
{
    /// <summary>Its share of the slots. Default: 32; 1 to 10,000.</summary>
    public int Slots { get; set; } = 32;

    /// <summary>From how many waiting jobs on it is shown as busy. Default: 100; from 1.</summary>
    public int BusyThreshold { get; set; } = 100;

    /// <summary>How often attempts of it may start on this node. Default: no bound.</summary>
    public StartLimitOptions? StartLimit { get; set; }
}
