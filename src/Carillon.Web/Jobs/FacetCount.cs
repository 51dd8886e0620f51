namespace Carillon.Web;

/// <summary>One value of a facet.</summary>
/// <param name="Value">The value, as the filter of the same name takes it.</param>
/// <param name="Count">How many of the jobs found have it.</param>
internal sealed record FacetCount(string Value, long Count);
