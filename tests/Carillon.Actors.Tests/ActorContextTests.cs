namespace Carillon.Actors.Tests;

public sealed class ActorContextTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData("Spawn")]
    [InlineData("Stop")]
    [InlineData("StopSelf")]
    [InlineData("Watch")]
    [InlineData("Unwatch")]
    [InlineData("PipeToSelf")]
    [InlineData("RunTask")]
    [InlineData("StartSingle")]
    [InlineData("StartPeriodic")]
    [InlineData("Cancel")]
    public void Context_is_refused_outside_of_the_actors_calls_and_to_an_instance_that_has_ended(string member)
    {
        Script? first = null;
        InvalidOperationException? ended = null;
        var other = _world.Spawn("other");
        var actor = _world.Spawn("a", script =>
        {
            first ??= script;
            script.On(
                "use",
                () => ended = Assert.Throws<InvalidOperationException>(() => Use(member, first.Kernel, other)));
        });
        _world.Run();

        var outside = Assert.Throws<InvalidOperationException>(() => Use(member, first!.Kernel, other));
        World.Tell(actor, "fail", "use");
        _world.Advance(1);

        Assert.Equal("The context of '/a' was used outside of the actor's calls.", outside.Message);
        Assert.Equal("The context of '/a' belongs to an instance that has ended.", ended?.Message);
    }

    [Fact]
    public async Task Context_is_refused_to_a_thread_beside_the_actors_turn()
    {
        await using var world = new ThreadedWorld(threads: 1);
        var refused = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = world.Spawn<object>("a", (context, _) =>
        {
            // The turn lasts until the other thread has tried.
            var thread = new Thread(() => refused.SetResult(Record.Exception(context.StopSelf)));
            thread.Start();
            thread.Join();
        });
        actor.Tell(new object());

        Assert.IsType<InvalidOperationException>(await refused.Task.Within("the other thread's attempt"));
    }

    private static void Use(string member, ActorContext<string> context, IActorRef<string> other)
    {
        switch (member)
        {
            case "Spawn":
                context.Spawn<object>("child", static () => throw new InvalidOperationException("never made"));
                break;
            case "Stop":
                context.Stop(other);
                break;
            case "StopSelf":
                context.StopSelf();
                break;
            case "Watch":
                context.Watch(other, "gone");
                break;
            case "Unwatch":
                context.Unwatch(other);
                break;
            case "PipeToSelf":
                context.PipeToSelf(Task.FromResult("x"), static x => x, static e => e.Message);
                break;
            case "RunTask":
                context.RunTask(static _ => Task.CompletedTask);
                break;
            case "StartSingle":
                context.Timers.StartSingle("t", "tick", TimeSpan.Zero);
                break;
            case "StartPeriodic":
                context.Timers.StartPeriodic("t", "tick", TimeSpan.Zero, TimeSpan.FromSeconds(1));
                break;
            case "Cancel":
                context.Timers.Cancel("t");
                break;
            default:
                throw new ArgumentException($"Unknown member {member}.", nameof(member));
        }
    }
}
