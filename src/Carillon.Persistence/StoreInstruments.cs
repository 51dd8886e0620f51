using System.Diagnostics.Metrics;

namespace Carillon.Persistence;

/// <summary>What the stores tell listeners to <c>Meter("Carillon")</c>.</summary>
internal static class StoreInstruments
{
    private static readonly Meter Meter = new("Carillon");

    /// <summary>Operations that took longer than <c>store.slow-query</c>, by <c>operation</c>.</summary>
    public static readonly Counter<long> Slow = Meter.CreateCounter<long>(
        "carillon.store.slow_operations", "{operation}", "Operations on the store that took longer than store.slow-query.");
}
