using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>Answers <see cref="SaveAll"/>.</summary>
/// <param name="Term">The shard and its term.</param>
/// <param name="Problem">
/// Null when everything is committed; else why some of it is not. Nothing is lost then: the next owner folds the facts
/// again.
/// </param>
public sealed record AllSaved(ShardTerm Term, string? Problem);
