using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Carillon.Actors;

/// <summary>One actor: its address, its mailbox and its present instance in one object.</summary>
internal sealed partial class ActorCell<TMessage> : ActorCell, IActorRef<TMessage>
    where TMessage : class
{
    /// <summary>The cell whose factory runs on this thread, from there to the constructor of the instance.</summary>
    [ThreadStatic]
    private static ActorCell<TMessage>? Creating;

    private readonly Func<Actor<TMessage>> _factory;
    private Mailbox<TMessage> _mailbox;
    private Actor<TMessage>? _instance;

    internal ActorCell(
        ActorSystem system, ActorCell? parent, string name, Func<Actor<TMessage>> factory, ActorOptions options)
        : base(system, parent, name, options)
    {
        _factory = factory;
    }

    private protected override bool HasMessages => !_mailbox.IsEmpty;

    public bool Tell(TMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (System.Options.CheckMessages)
        {
            MessageCheck.Demand(message);
        }

        if (!_mailbox.TryReserve(Options.MailboxCapacity))
        {
            System.DeadLetters.Publish(DeadLetterReason.MailboxFull, this, message);
            return false;
        }

        return Enqueue(MessageNode<TMessage>.Of(message));
    }

    /// <summary>Ties a new instance to the cell that is creating it.</summary>
    internal static ActorContext<TMessage> Bind(Actor<TMessage> instance)
    {
        var cell = Creating
            ?? throw new InvalidOperationException(
                $"{instance.GetType().Name} must be constructed by the factory given to Spawn, once per call.");
        Creating = null;
        cell._instance = instance;
        return new ActorContext<TMessage>(cell);
    }

    /// <summary>Whether the context belongs to the present instance.</summary>
    internal bool IsCurrent(ActorContext<TMessage> context) => ReferenceEquals(_instance?.Context, context);

    internal ILogger CreateLogger() => System.Options.LoggerFactory.CreateLogger(_instance?.GetType() ?? GetType());

    /// <summary>
    /// Adds what the actor itself ordered: timer, watch, piped result. Each order leads to one message at most, so that
    /// the capacity need not refuse any.
    /// </summary>
    internal void EnqueueOwn(MessageNode<TMessage> node)
    {
        _mailbox.Reserve();
        Enqueue(node);
    }

    [SuppressMessage("Design", "CA1031", Justification = SupervisionBoundary)]
    private protected override bool ReceiveNext()
    {
        var node = _mailbox.Take();
        if (node is null)
        {
            return false;
        }

        try
        {
            if (node.TryTake(out var message))
            {
                _instance!.CallReceive(message);
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }

        return true;
    }

    private protected override void CreateInstance(Exception? restartCause)
    {
        var instance = Construct();
        if (restartCause is null)
        {
            instance.CallPreStart();
        }
        else
        {
            instance.CallPostRestart(restartCause);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = SupervisionBoundary)]
    private protected override void DropInstance(Exception? restartCause)
    {
        if (_instance is null)
        {
            return;
        }

        try
        {
            if (restartCause is null)
            {
                _instance.CallPostStop();
            }
            else
            {
                _instance.CallPreRestart(restartCause);
            }
        }
        catch (Exception e)
        {
            LogHookFailed(System.Log, Path, e);
        }

        _instance.Context.CancelTimers();
        _instance = null;
    }

    private protected override void CloseMailbox()
    {
        foreach (var node in _mailbox.Close())
        {
            Refuse(node);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} threw while it was being stopped or restarted")]
    private static partial void LogHookFailed(ILogger logger, string path, Exception exception);

    private Actor<TMessage> Construct()
    {
        Creating = this;
        try
        {
            var made = _factory();
            return ReferenceEquals(made, _instance)
                ? made
                : throw new InvalidOperationException($"The factory of '{Path}' must return a new actor at each call.");
        }
        catch
        {
            // Not constructed, so no hook will run on it.
            _instance?.Context.CancelTimers();
            _instance = null;
            throw;
        }
        finally
        {
            Creating = null;
        }
    }

    private bool Enqueue(MessageNode<TMessage> node)
    {
        if (!_mailbox.TryAdd(node))
        {
            Refuse(node);
            return false;
        }

        ScheduleIfReady();
        return true;
    }

    private void Refuse(MessageNode<TMessage> node)
    {
        if (node.Undelivered is { } message)
        {
            System.DeadLetters.Publish(DeadLetterReason.Stopped, this, message);
        }
    }
}
