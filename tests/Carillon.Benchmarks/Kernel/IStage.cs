namespace Carillon.Benchmarks.Kernel;

/// <summary>Something that gives each receiver a mailbox and runs it: the kernel, or what one would write without it.</summary>
internal interface IStage : IAsyncDisposable
{
    /// <summary>The clock whose timers belong to it.</summary>
    TimeProvider Time { get; }

    IAddress Open(IReceiver receiver);
}
