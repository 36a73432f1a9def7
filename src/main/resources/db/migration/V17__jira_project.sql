-- Jira's projects as they are configured: Jira may give a project another key, its id stays. In Faraday's configuration row they
-- stand by key alone, as Faraday reads them.
CREATE TABLE jira_project (
    site        text   NOT NULL, -- Jira's address: ids are its own
    project_id  text   NOT NULL,
    project_key text   NOT NULL, -- as the configuration row has it
    former_keys text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (site, project_id)
);
