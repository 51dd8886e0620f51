namespace Carillon.Node.Hocon;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Path">The path of the value as HOCON writes it.</param>
/// <param name="Origin">Where it was written.</param>
/// <param name="Message">A full sentence that names path, origin, value and what is allowed.</param>
public sealed record ConfigProblem(string Path, HoconOrigin Origin, string Message);
