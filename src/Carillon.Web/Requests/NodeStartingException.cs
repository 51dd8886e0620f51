namespace Carillon.Web;

/// <summary>The node has not started, or has stopped.</summary>
internal sealed class NodeStartingException : Exception
{
    /// <inheritdoc/>
    public NodeStartingException()
        : base("starting: the node is not ready yet")
    {
    }
}
