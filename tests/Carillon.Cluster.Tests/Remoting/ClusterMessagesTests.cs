using Carillon.Testing;

namespace Carillon.Cluster.Tests.Remoting;

public sealed class ClusterMessagesTests
{
    [Fact]
    public void Every_message_comes_as_it_went()
    {
        Assert.Empty(WireCheck.Changed(ClusterMessages.Wire, [RemotingScene.Messages]));
    }

    [Fact]
    public void Garbled_frames_break_nothing()
    {
        Assert.Empty(WireCheck.Broken(ClusterMessages.Wire, [RemotingScene.Messages]));
    }

    [Fact]
    public void Every_reply_that_is_asked_for_may_travel()
    {
        Assert.Empty(WireCheck.MissingReplies(ClusterMessages.Wire));
    }
}
