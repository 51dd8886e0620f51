namespace Carillon.Actors;

/// <summary>A turn that is a call.</summary>
internal sealed class CallbackItem(SendOrPostCallback callback, object? state) : WorkItem
{
    internal override void Run() => callback(state);
}
