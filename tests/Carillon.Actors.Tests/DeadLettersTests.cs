namespace Carillon.Actors.Tests;

public sealed class DeadLettersTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Each_reason_is_counted_for_itself()
    {
        Publish(DeadLetterReason.NoRecipient, 2);
        Publish(DeadLetterReason.LateReply, 3);

        Assert.Equal(2, _world.System.DeadLetters.Count(DeadLetterReason.NoRecipient));
        Assert.Equal(3, _world.System.DeadLetters.Count(DeadLetterReason.LateReply));
        Assert.Equal(0, _world.System.DeadLetters.Count(DeadLetterReason.Stopped));
        Assert.Equal(5, _world.System.DeadLetters.Total);
    }

    [Fact]
    public void First_ten_are_logged_then_none_for_five_minutes_then_how_many_were_not()
    {
        Publish(DeadLetterReason.NoRecipient, 25);
        Assert.Equal(10, _world.Warnings.Count);

        _world.Advance(299);
        Publish(DeadLetterReason.NoRecipient, 1);
        Assert.Equal(10, _world.Warnings.Count);

        _world.Advance(1);
        Publish(DeadLetterReason.NoRecipient, 1);
        Assert.Equal("16 dead letters were not logged in the pause before", _world.Warnings[10]);
        Assert.Equal("Dead letter: String to /nobody, NoRecipient", _world.Warnings[11]);
    }

    private void Publish(DeadLetterReason reason, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _world.System.DeadLetters.Publish(reason, "/nobody", "secret");
        }
    }
}
