namespace Carillon.Benchmarks.Kernel;

/// <summary>Where a scenario sends messages to.</summary>
internal interface IAddress
{
    void Tell(object message);
}
