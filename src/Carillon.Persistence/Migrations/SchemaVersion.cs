namespace Carillon.Persistence;

/// <summary>What a store says of its schema.</summary>
/// <param name="Version">Its newest step; 0 of an empty store.</param>
/// <param name="WorksWith">What a build must know, at least, to work with all of its steps.</param>
internal readonly record struct SchemaVersion(int Version, int WorksWith);
