using Carillon.Cluster;

namespace Carillon.Web;

/// <summary>What this library lets travel between nodes.</summary>
public static class WebMessages
{
    /// <summary>What a <see cref="NodeReporter"/> takes from other nodes.</summary>
    public static IReadOnlyList<Type> ToNode { get; } = [typeof(AskNode)];

    /// <summary>All of it.</summary>
    public static WireList Wire { get; } = new() { Types = [.. ToNode, typeof(NodeAnswer)] };
}
