/** Stands where rows will come. */
export function SkeletonRows() {
  return (
    <div className="skeleton" aria-hidden="true">
      {[62, 48, 70, 55, 40, 66, 52, 58].map((width) => (
        <span key={width} className="skel" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
