namespace Carillon.Actors.Tests;

public sealed class PipeToSelfTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Result_arrives_as_a_message()
    {
        var source = new TaskCompletionSource<int>();
        Pipe(source.Task);

        source.SetResult(42);
        _world.Run();

        Assert.Equal("got 42", _world.Journal.Of("a")[^1]);
    }

    [Fact]
    public void Completed_task_arrives_too()
    {
        Pipe(Task.FromResult(42));
        Assert.Equal("got 42", _world.Journal.Of("a")[^1]);
    }

    [Fact]
    public void Exception_arrives_as_a_message()
    {
        Pipe(Task.FromException<int>(new InvalidOperationException("lost")));
        Assert.Equal("InvalidOperationException: lost", _world.Journal.Of("a")[^1]);
    }

    [Fact]
    public void Cancellation_arrives_as_a_message()
    {
        Pipe(Task.FromCanceled<int>(new CancellationToken(canceled: true)));
        Assert.StartsWith("TaskCanceledException", _world.Journal.Of("a")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Function_that_throws_fails_the_actor()
    {
        var actor = _world.Spawn("a", a => a.On("pipe", () => a.Kernel.PipeToSelf(
            Task.FromResult(1), _ => throw new InvalidOperationException("no message"), e => e.Message)));
        World.Tell(actor, "pipe");
        _world.Advance(1);

        Assert.Equal(["PreStart", "pipe", "PreRestart", "PostStop", "PostRestart", "PreStart"], _world.Journal.Of("a"));
    }

    [Fact]
    public async Task Result_for_a_stopped_actor_is_a_dead_letter()
    {
        var source = new TaskCompletionSource<int>();
        var actor = Pipe(source.Task);
        await _world.Stop(actor).Within("stopped");

        source.SetResult(42);
        _world.Run();

        Assert.Equal(1, _world.System.DeadLetters.Count(DeadLetterReason.Stopped));
    }

    [Fact]
    public void Full_mailbox_does_not_refuse_the_result()
    {
        var source = new TaskCompletionSource<int>();
        var actor = Pipe(source.Task, new ActorOptions { MailboxCapacity = 1 });
        World.Tell(actor, "fills it");

        source.SetResult(42);
        _world.Run();

        Assert.Equal(["PreStart", "fills it", "got 42"], _world.Journal.Of("a"));
    }

    [Fact]
    public async Task Piped_ask_needs_no_other_thread()
    {
        // Were the reply to take the way over the thread pool, it could not be here when the dispatcher comes to rest.
        for (var seed = 0; seed < 50; seed++)
        {
            await using var world = new World(seed);
            var echo = world.System.Spawn("echo", () => new Echo());
            world.Spawn("a", a => a.Starting = () => a.Kernel.PipeToSelf(
                echo.AskAsync<Echo.Request, string>(to => new Echo.Request(to)), reply => reply, e => e.Message));
            world.Run();

            Assert.Equal(["PreStart", "echo"], world.Journal.Of("a"));
        }
    }

    [Fact]
    public void Asynchronous_code_of_an_actor_stays_on_the_dispatcher()
    {
        var home = Environment.CurrentManagedThreadId;
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var continuedOn = 0;
        _world.Spawn("a", a => a.Starting = () => a.Kernel.PipeToSelf(Load(), x => $"got {x}", e => e.Message));
        _world.Run();

        source.SetResult(20);
        _world.Run();

        Assert.Equal("got 21", _world.Journal.Of("a")[^1]);
        Assert.Equal(home, continuedOn);

        async Task<int> Load()
        {
            var loaded = await source.Task.WaitAsync(CancellationToken.None);
            continuedOn = Environment.CurrentManagedThreadId;
            return loaded + 1;
        }
    }

    private IActorRef<string> Pipe(Task<int> task, ActorOptions? options = null)
    {
        var actor = _world.Spawn(
            "a",
            a => a.Starting = () => a.Kernel.PipeToSelf(
                task, x => $"got {x}", e => $"{e.GetType().Name}: {e.Message}"),
            options);
        _world.Run();
        return actor;
    }

    private sealed class Echo : Actor<Echo.Request>
    {
        protected override void Receive(Request message) => message.ReplyTo.Tell("echo");

        internal sealed record Request(IActorRef<string> ReplyTo);
    }
}
