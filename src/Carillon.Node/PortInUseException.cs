namespace Carillon.Node;

/// <summary>Another process listens where the node should.</summary>
internal sealed class PortInUseException(string url)
    : Exception($"carillon.node.urls '{url}' is in use by another process: stop it, choose another port, or set carillon.node.port-search = true")
{
}
