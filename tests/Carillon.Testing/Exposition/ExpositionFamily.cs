namespace Carillon.Testing;

/// <summary>One family of a page.</summary>
/// <param name="Name">Its name as the metadata gives it: in OpenMetrics a counter's has no <c>_total</c>.</param>
/// <param name="Type">The word for its type.</param>
/// <param name="Help">What it means, unescaped.</param>
/// <param name="Unit">Its unit, or null.</param>
/// <param name="Samples">Its samples in the order of the page.</param>
public sealed record ExpositionFamily(
    string Name, string Type, string Help, string? Unit, IReadOnlyList<ExpositionSample> Samples);
