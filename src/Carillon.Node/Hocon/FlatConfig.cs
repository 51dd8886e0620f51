namespace Carillon.Node.Hocon;

/// <summary>A configuration as flat keys, and all that is wrong with it.</summary>
/// <param name="Values">
/// Keys with segments separated by ':', compared without case. Option names are those of the properties
/// (<c>carillon:Store:ConnectionString</c>), list elements are numbered from 0. Values with a problem are missing.
/// </param>
/// <param name="Problems">All problems in document order.</param>
public sealed record FlatConfig(IReadOnlyDictionary<string, ConfigValue> Values, IReadOnlyList<ConfigProblem> Problems);
