using Carillon.Cluster;

namespace Carillon.Scheduling;

/// <summary>Decides which nodes may run what. Pure.</summary>
public static class Suitability
{
    /// <summary>Whether a node has every role and the class that a request asks for, and is the one it must be.</summary>
    /// <param name="request">What is to run.</param>
    /// <param name="node">The incarnation.</param>
    /// <param name="roles">What the node can do.</param>
    /// <param name="hasClass">Whether the node has a job class in its code.</param>
    public static bool IsSuitable(SlotRequest request, Guid node, IReadOnlyList<string> roles, Func<string, bool> hasClass)
    {
        return (request.Node is not { } only || only == node)
            && (request.Job.Roles.Count == 0 || HasAll(roles, request.Job.Roles))
            && (request.ClassName is not { } name || hasClass(name));
    }

    /// <summary>As the other overload, for a node by its row; one that does not take work is not suitable.</summary>
    public static bool IsSuitable(SlotRequest request, NodeRow node)
    {
        return node.Status == NodeStatus.Up
            && IsSuitable(request, node.Incarnation, node.Roles, name => node.Classes.Contains(name, StringComparer.Ordinal));
    }

    private static bool HasAll(IReadOnlyList<string> roles, IReadOnlyList<string> needed)
    {
        return needed.All(role => roles.Contains(role, StringComparer.Ordinal));
    }
}
