namespace Carillon.Actors;

/// <summary>Something that can have a turn on a dispatcher.</summary>
internal abstract class WorkItem
{
    internal abstract void Run();
}
