using System.Text.Json.Serialization;

namespace Carillon.Cluster;

/// <summary>The messages of one library that may travel between nodes. What is in no list is neither sent nor taken.</summary>
public sealed record WireList
{
    /// <summary>The types of the messages. Their names are their tags, so no two may have the same.</summary>
    public required IReadOnlyList<Type> Types { get; init; }

    /// <summary>
    /// Those of them that are large or many, and must not delay others: they travel on <see cref="LanePurpose.Bulk"/>.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<Type> Bulk { get; init; } = [];

    /// <summary>How parts of them are written that have a form of their own. Default: none.</summary>
    public IReadOnlyList<JsonConverter> Converters { get; init; } = [];
}
