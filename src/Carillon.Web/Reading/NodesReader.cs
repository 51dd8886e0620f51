using Carillon.Actors;
using Carillon.Cluster;

namespace Carillon.Web;

/// <summary>Asks every node that lives what it knows about itself. One that does not answer in time is told about by its row alone.</summary>
internal sealed class NodesReader(NodeContext node)
{
    /// <summary>How long a node may take.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    /// <summary>The nodes that answer, this one among them, by their incarnations.</summary>
    public async Task<NodeAnswers> ReadAsync(CancellationToken cancellationToken)
    {
        var others = node.Directory.Living.Where(other => other != node.Incarnation);
        var answers = await Task.WhenAll(others.Append(node.Incarnation).Select(other => AskAsync(other, cancellationToken)));
        return new NodeAnswers(answers.OfType<NodeAnswer>().ToDictionary(static answer => answer.Node), node.Incarnation);
    }

    private async Task<NodeAnswer?> AskAsync(Guid other, CancellationToken cancellationToken)
    {
        try
        {
            return await node.Remote.Find(other, RemoteNames.Node)
                .AskAsync<object, NodeAnswer>(static replyTo => new AskNode(replyTo), Timeout, cancellationToken);
        }
        catch (Exception error) when (error is AskTimeoutException or ActorUnavailableException)
        {
            return null;
        }
    }
}
