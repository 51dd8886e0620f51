namespace Carillon.Metrics;

/// <summary>
/// What the window of the newest durations says. Everything is 0 while it is empty. Microseconds, unrounded.
/// </summary>
/// <param name="Count">How many durations it holds.</param>
/// <param name="P50">The median.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Min">The shortest.</param>
/// <param name="Max">The longest.</param>
public readonly record struct WindowValues(int Count, double P50, double P95, double P99, long Min, long Max);
