/** The open project's name and its deletion; the top bar's menu changes and creates projects. */
import { useActions, useLab } from '../context.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { EditableText } from '../parts/EditableText.tsx';
import { Card } from './Card.tsx';
import styles from './ProjectCard.module.css';

export function ProjectCard() {
  const project = useLab((state) => state.project);
  const projects = useLab((state) => state.projects);
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  return (
    <Card title="Project">
      <div className={styles.name}>
        <EditableText
          value={project.name}
          label="Name of this project"
          allowEmpty={false}
          disabled={readOnly}
          onCommit={(name) => void actions.renameProject(name)}
        />
      </div>
      {projects.length > 1 && (
        <label className={styles.open}>
          Open
          <select
            value={project.id}
            onChange={(event) => void actions.openProject(event.target.value)}
            data-testid="project-select"
          >
            {projects.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div>
        <Button
          tone="danger"
          disabled={readOnly}
          onClick={() => void actions.deleteProject()}
          data-testid="delete-project"
        >
          Delete this project …
        </Button>
      </div>
      <p>
        {plural(projects.length, 'project')} in this browser. The name in the top bar opens and begins others.
      </p>
    </Card>
  );
}
