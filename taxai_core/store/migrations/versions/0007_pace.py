"""An index of what the pace of the last hour is made of"""

from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = ['finished_at', 'state', 'queued_at', 'started_at', 'pages_done']
    op.create_index('ix_documents_pace', 'documents', columns)


def downgrade() -> None:
    op.drop_index('ix_documents_pace', 'documents')
