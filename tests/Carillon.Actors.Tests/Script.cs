namespace Carillon.Actors.Tests;

/// <summary>An actor that notes every hook and message in a journal and does what the test adds to it.</summary>
internal sealed class Script : Actor<string>
{
    private readonly string _name;
    private readonly Journal _journal;
    private readonly Dictionary<string, Action> _handlers = new(StringComparer.Ordinal);

    internal Script(string name, Journal journal, Action<Script>? script)
    {
        _name = name;
        _journal = journal;
        On("fail", () => throw new InvalidOperationException("told to fail"));
        On("stop", () => Context.StopSelf());
        script?.Invoke(this);
    }

    internal ActorContext<string> Kernel => Context;

    internal Action? Starting { get; set; }

    internal Action? Stopping { get; set; }

    internal Action? Restarting { get; set; }

    internal Action<string>? Receiving { get; set; }

    /// <summary>Messages of this instance so far, the present one included.</summary>
    internal int Received { get; private set; }

    internal void On(string message, Action handler) => _handlers[message] = handler;

    internal void Note(string what) => _journal.Add($"{_name}:{what}");

    protected override void Receive(string message)
    {
        Received++;
        Note(message);
        Receiving?.Invoke(message);
        if (_handlers.TryGetValue(message, out var handler))
        {
            handler();
        }
    }

    protected override void PreStart()
    {
        Note("PreStart");
        Starting?.Invoke();
    }

    protected override void PostStop()
    {
        Note("PostStop");
        Stopping?.Invoke();
    }

    protected override void PreRestart(Exception cause)
    {
        Note("PreRestart");
        Restarting?.Invoke();
        base.PreRestart(cause);
    }

    protected override void PostRestart(Exception cause)
    {
        Note("PostRestart");
        base.PostRestart(cause);
    }
}
