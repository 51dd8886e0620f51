namespace Carillon.Hosting.Tests;

/// <summary>One series of one export.</summary>
/// <param name="Instance">The process it is of.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Attributes">Its labels, as <c>key=value</c>, sorted.</param>
/// <param name="Start">Since when it counts.</param>
/// <param name="Value">The number, or the number of observations of a histogram.</param>
/// <param name="Sum">The sum of the observations of a histogram; else 0.</param>
/// <param name="Buckets">The observations of each bucket of a histogram.</param>
internal sealed record OtlpPoint(
    string Instance, string Metric, string Attributes, long Start, double Value, double Sum, IReadOnlyList<long> Buckets);
