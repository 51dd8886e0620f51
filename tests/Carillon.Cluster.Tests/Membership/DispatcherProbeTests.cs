using Carillon.Actors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Cluster.Tests.Membership;

public sealed class DispatcherProbeTests : IAsyncLifetime
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(30);

    private readonly ThreadDispatcher _dispatcher = new("probed", 2);
    private readonly ManualResetEventSlim _release = new();
    private readonly CountdownEvent _blocked = new(2);
    private readonly ActorSystem _system;
    private readonly DispatcherProbe _probe;

    public DispatcherProbeTests()
    {
        _system = new ActorSystem("probed", new ActorSystemOptions
        {
            Time = TimeProvider.System,
            Dispatcher = _dispatcher,
            Random = new Random(1),
            LoggerFactory = NullLoggerFactory.Instance,
        });
        _probe = new DispatcherProbe(_system);
    }

    public Task InitializeAsync()
    {
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _release.Set();
        await _system.DisposeAsync();
        _dispatcher.Dispose();
        _release.Dispose();
        _blocked.Dispose();
    }

    [Fact]
    public void Dispatcher_with_a_free_thread_answers()
    {
        Block("one");

        Assert.True(_probe.IsAnswered(Ample));
        Assert.True(_probe.IsAnswered(Ample));
    }

    [Fact]
    public void Dispatcher_whose_threads_are_all_blocked_does_not_answer_until_one_is_free()
    {
        Block("one");
        Block("two");
        Assert.True(_blocked.Wait(Ample), "two actors did not block the two threads");

        Assert.False(_probe.IsAnswered(Brief));
        Assert.False(_probe.IsAnswered(Brief));

        _release.Set();
        Assert.True(_probe.IsAnswered(Ample));
    }

    [Fact]
    public async Task System_that_has_stopped_does_not_answer()
    {
        await _system.DisposeAsync();

        Assert.False(_probe.IsAnswered(Ample));
        Assert.False(_probe.IsAnswered(Ample));
    }

    private void Block(string name)
    {
        _system.Spawn<object>(name, () => new Blocker(_blocked, _release)).Tell(new object());
    }

    private sealed class Blocker(CountdownEvent blocked, ManualResetEventSlim release) : Actor<object>
    {
        protected override void Receive(object message)
        {
            blocked.Signal();
            release.Wait();
        }
    }
}
